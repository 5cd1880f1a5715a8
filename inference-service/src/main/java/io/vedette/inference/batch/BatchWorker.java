package io.vedette.inference.batch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.BatchRequested;
import io.vedette.runtime.Run;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.Topics;
import io.vedette.runtime.WorkLoop;
import io.vedette.runtime.WorkQueue;
import io.vedette.runtime.WorkQueues;
import io.vedette.runtime.WorkerSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Claims batch detections, one at a time, beside the calls that this replica answers. The replica's readiness does not
 * hang on it: callers are served while Kafka is away. Its liveness does: a thread that has died claims nothing any more.
 */
@Singleton
final class BatchWorker implements WorkLoop.Duties<BatchRequested> {
    private final Topics topics;
    private final WorkQueues queues;
    private final BatchScoring scoring;
    private final WorkerSettings settings;
    private final WorkLoop<BatchRequested> loop = new WorkLoop<>(this);

    BatchWorker(Topics topics, WorkQueues queues, BatchScoring scoring, WorkerSettings settings) {
        this.topics = topics;
        this.queues = queues;
        this.scoring = scoring;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started) {
        Scratch.sweep(settings.worker().scratch());
        loop.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        loop.stop(settings.worker().grace());
    }

    @Override
    public void prepare() {
        topics.ensure();
    }

    @Override
    public WorkQueue<BatchRequested> open() {
        return queues.open(Kind.BATCH, Topic.BATCH_REQUESTED, BatchRequested.class);
    }

    @Override
    public void perform(Run<BatchRequested> run) throws IOException {
        scoring.perform(run);
    }

    @Override
    public boolean once() {
        return false;
    }

    @Override
    public void left() {
        throw new IllegalStateException("this work has no end");
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.named("batches").status(loop.isAlive()).build();
    }
}
