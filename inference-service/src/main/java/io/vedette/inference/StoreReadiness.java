package io.vedette.inference;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.runtime.Complaint;
import io.vedette.runtime.OwnBucket;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the bucket of the models was seen; a later outage of the store does not take the models in memory away. */
@Singleton
final class StoreReadiness {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final OwnBucket bucket;
    private final Thread thread = new Thread(this::look, "store-readiness");
    private volatile String missing = "not looked for yet";

    StoreReadiness(OwnBucket bucket) {
        this.bucket = bucket;
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        thread.interrupt();
    }

    private void look() {
        Complaint complaint = new Complaint();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                bucket.check();
                missing = null;
                return;
            } catch (RuntimeException unavailable) {
                missing = unavailable.getMessage();
                if (complaint.isDue(String.valueOf(missing))) {
                    Log.warnf("waiting for the bucket: %s", missing);
                }
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            String reason = missing;
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("bucket").status(reason == null);
            return reason == null
                    ? answer.build()
                    : answer.withData("reason", reason).build();
        };
    }
}
