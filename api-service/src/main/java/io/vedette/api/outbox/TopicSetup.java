package io.vedette.api.outbox;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.vedette.runtime.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** Creates the topics once the broker answers; the api serves its callers meanwhile. */
@ApplicationScoped
class TopicSetup {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Topics topics;

    TopicSetup(Topics topics) {
        this.topics = topics;
    }

    void start(@Observes StartupEvent started) {
        Thread thread = new Thread(this::untilDone, "topic-setup");
        thread.setDaemon(true);
        thread.start();
    }

    private void untilDone() {
        while (true) {
            try {
                topics.ensure();
                return;
            } catch (KafkaException unavailable) {
                Log.warnf("waiting for the broker to create the topics: %s", unavailable.getMessage());
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }
}
