package io.vedette.api.setup;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** Tries each step in the background until it has succeeded once. */
@ApplicationScoped
class Surroundings {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Topics topics;
    private final ObjectStore objects;

    Surroundings(Topics topics, ObjectStore objects) {
        this.topics = topics;
        this.objects = objects;
    }

    void start(@Observes StartupEvent started) {
        inBackground("topic-setup", topics::ensure);
        inBackground("bucket-setup", objects::createOwnBucket);
    }

    private static void inBackground(String name, Runnable step) {
        Thread thread = new Thread(() -> untilDone(name, step), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void untilDone(String name, Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (KafkaException | ObjectStoreException unavailable) {
                Log.warnf("waiting step=%s: %s", name, unavailable.getMessage());
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }
}
