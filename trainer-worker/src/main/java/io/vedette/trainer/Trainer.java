package io.vedette.trainer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import io.vedette.runtime.CrashPoint;
import io.vedette.runtime.Foundations;
import io.vedette.runtime.Run;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.Termination;
import io.vedette.runtime.WorkLoop;
import io.vedette.runtime.WorkQueue;
import io.vedette.runtime.WorkQueues;
import io.vedette.runtime.WorkerSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The service: claims trainings from its start to its end. With {@code --once} it ends after the first. */
@Singleton
final class Trainer implements WorkLoop.Duties<TrainRequested> {
    private static final Set<String> NEEDS_NO_LOOK = Set.of("auto", "cpu");

    private final Foundations foundations;
    private final WorkQueues queues;
    private final TrainingProcesses processes;
    private final WorkerSettings settings;
    private final LearningSettings learning;
    private final boolean once;
    private final WorkLoop<TrainRequested> loop = new WorkLoop<>(this);

    Trainer(
            Foundations foundations,
            WorkQueues queues,
            TrainingProcesses processes,
            WorkerSettings settings,
            LearningSettings learning,
            @CommandLineArguments String[] arguments) {
        this.foundations = foundations;
        this.queues = queues;
        this.processes = processes;
        this.settings = settings;
        this.learning = learning;
        this.once = List.of(arguments).contains("--once");
    }

    void start(@Observes StartupEvent started) throws IOException, InterruptedException {
        if (!NEEDS_NO_LOOK.contains(learning.device()) && !processes.deviceIsThere()) {
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
        foundations.check();
    }

    @Override
    public WorkQueue<TrainRequested> open() {
        return queues.open(Kind.TRAINING, Topic.TRAINING_REQUESTED, TrainRequested.class);
    }

    @Override
    public void perform(Run<TrainRequested> run) throws Exception {
        ModelTrained trained = processes.train(run);
        CrashPoint.pass("training.after-artifact", run.request().modelArn());
        run.publish(Topic.MODEL_TRAINED, trained);
        CrashPoint.pass("training.after-result", run.request().modelArn());
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
