package io.vedette.api.setup;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.tracking.LeaseClocks;
import io.vedette.runtime.Complaint;
import io.vedette.runtime.OwnBucket;
import io.vedette.runtime.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tries each step in the background until it has succeeded once. Until then the service is not ready: its settings may be
 * wrong. Afterwards an outage of Kafka or S3 takes no replica away from its callers; and where an installation has heard from
 * its Kafka before, a replica that starts while Kafka is away takes requests, too.
 */
@ApplicationScoped
class Surroundings {
    private static final String TOPICS = "topics";
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Topics topics;
    private final OwnBucket bucket;
    private final LeaseClocks clocks;
    private final Map<String, String> missing = new ConcurrentSkipListMap<>();

    Surroundings(Topics topics, OwnBucket bucket, LeaseClocks clocks) {
        this.topics = topics;
        this.bucket = bucket;
        this.clocks = clocks;
    }

    void start(@Observes StartupEvent started) {
        inBackground(TOPICS, topics::ensure);
        inBackground("bucket", bucket::ensure);
    }

    private void inBackground(String name, Runnable step) {
        missing.put(name, "not looked for yet");
        Thread thread = new Thread(() -> untilDone(name, step), name + "-setup");
        thread.setDaemon(true);
        thread.start();
    }

    private void untilDone(String name, Runnable step) {
        Complaint complaint = new Complaint();
        while (true) {
            try {
                step.run();
                missing.remove(name);
                return;
            } catch (RuntimeException unavailable) {
                missing.put(name, String.valueOf(unavailable.getMessage()));
                if (complaint.isDue(missing.get(name))) {
                    Log.warnf("waiting for %s: %s", name, unavailable.getMessage());
                }
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            Map<String, String> needed = new TreeMap<>(missing);
            if (needed.containsKey(TOPICS) && clocks.haveTicked()) {
                needed.remove(TOPICS);
            }
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("surroundings").status(needed.isEmpty());
            needed.forEach(answer::withData);
            return answer.build();
        };
    }
}
