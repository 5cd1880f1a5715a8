package io.vedette.api.hosting;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.hosting.HostingSteps.Wanted;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Brings every model to where its caller wants it. It works from what Postgres says and nothing else, so it goes on after
 * every restart, and several api replicas may do it at once: the first to finish a step takes it.
 */
@ApplicationScoped
class HostingReconciler {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final HostingSteps steps;
    private final InferenceClient inference;
    private final InferenceSettings settings;
    private final UnitGauges gauges;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::work, "hosting");
    private volatile boolean stopping;

    HostingReconciler(HostingSteps steps, InferenceClient inference, InferenceSettings settings, UnitGauges gauges) {
        this.steps = steps;
        this.inference = inference;
        this.settings = settings;
        this.gauges = gauges;
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    /** Something has changed, perhaps what is wanted. */
    void onWritten(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Written written) {
        wake.release();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(5).toMillis());
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () ->
                HealthCheckResponse.named("hosting").status(thread.isAlive()).build();
    }

    private void work() {
        while (!stopping) {
            try {
                steps.inTransition().forEach(this::step);
                gauges.show(steps.serving());
            } catch (RuntimeException broken) {
                if (!stopping) {
                    Log.warnf("waiting reconciler=hosting: %s", broken.getMessage());
                }
            }
            rest();
        }
    }

    private void step(Wanted wanted) {
        if (wanted.model().status() == ModelStatus.STARTING_HOSTING) {
            start(wanted);
        } else {
            release(wanted);
        }
    }

    private void start(Wanted wanted) {
        try {
            inference.load(Target.of(wanted.model()));
            steps.host(wanted);
        } catch (InferenceRefusal refusal) {
            Instant giveUpAt = wanted.hosting().askedAt().plus(settings.startPatience());
            if (refusal.isFinal() || Instant.now().isAfter(giveUpAt)) {
                steps.fail(wanted, refusal.getMessage());
            } else if (!stopping) {
                Log.warnf("not hosted yet model=%s: %s", wanted.model().arn(), refusal.getMessage());
            }
        }
    }

    private void release(Wanted wanted) {
        try {
            inference.unload(Target.of(wanted.model()));
        } catch (InferenceRefusal refusal) {
            // Only memory is at stake: a model that nobody asks for goes in its time.
            Log.warnf("not unloaded model=%s: %s", wanted.model().arn(), refusal.getMessage());
        }
        steps.release(wanted);
    }

    private void rest() {
        try {
            if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
