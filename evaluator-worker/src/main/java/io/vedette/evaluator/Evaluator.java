package io.vedette.evaluator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.vedette.anomaly.backbone.Devices;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.runtime.Run;
import io.vedette.runtime.ScoringSettings;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.Termination;
import io.vedette.runtime.WorkLoop;
import io.vedette.runtime.WorkQueue;
import io.vedette.runtime.WorkQueues;
import io.vedette.runtime.WorkerSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** The service: claims evaluations from its start to its end. With {@code --once} it ends after the first. */
@Singleton
final class Evaluator implements WorkLoop.Duties<ModelTrained> {
    private static final Logger LOG = Logger.getLogger(Evaluator.class);

    private final Preparation preparation;
    private final WorkQueues queues;
    private final Evaluation evaluation;
    private final WorkerSettings settings;
    private final ScoringSettings scoring;
    private final boolean once;
    private final WorkLoop<ModelTrained> loop = new WorkLoop<>(this);

    Evaluator(
            Preparation preparation,
            WorkQueues queues,
            Evaluation evaluation,
            WorkerSettings settings,
            ScoringSettings scoring,
            @CommandLineArguments String[] arguments) {
        this.preparation = preparation;
        this.queues = queues;
        this.evaluation = evaluation;
        this.settings = settings;
        this.scoring = scoring;
        this.once = List.of(arguments).contains("--once");
    }

    void start(@Observes StartupEvent started) {
        try {
            Devices.require(scoring.threadCount(), scoring.place());
        } catch (IllegalArgumentException missing) {
            LOG.error(missing.getMessage());
            Quarkus.asyncExit(1);
            return;
        }
        Termination.on(() -> Quarkus.asyncExit(0));
        loop.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        loop.stop(settings.worker().grace());
    }

    @Override
    public void prepare() {
        Scratch.sweep(settings.worker().scratch());
        preparation.check();
    }

    @Override
    public WorkQueue<ModelTrained> open() {
        return queues.open(Kind.EVALUATION, Topic.MODEL_TRAINED, ModelTrained.class);
    }

    @Override
    public void perform(Run<ModelTrained> run) throws Exception {
        evaluation.perform(run);
    }

    @Override
    public boolean once() {
        return once;
    }

    @Override
    public Optional<Duration> patience() {
        return settings.worker().patience();
    }

    @Override
    public void left() {
        Quarkus.asyncExit(0);
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.named("work").status(loop.isAlive()).build();
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> HealthCheckResponse.named("queue").status(loop.isReady()).build();
    }
}
