package io.vedette.standalone;

import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Topics that vanish and come back, as an operator may have it.
 *
 * @param address of the broker
 */
record BrokerTopics(String address) {
    void recreate(Topic topic) throws InterruptedException, ExecutionException {
        delete(topic);
        create(topic);
    }

    /** Returns once it is gone. */
    void delete(Topic topic) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic.suffix())).all().get();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !admin.listTopics().names().get().contains(topic.suffix()));
        }
    }

    void create(Topic topic) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic.suffix(), topic.partitions(), (short) 1)))
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address));
    }
}
