package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.api.tracking.Lives.Moment;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.Models;
import io.vedette.persistence.Models.Waiting;
import io.vedette.persistence.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The transactions around requests that wait on their topics. */
@ApplicationScoped
class Deliveries {
    private final Models models;
    private final LeaseClocks clocks;
    private final Lives lives;
    private final BatchRuns batches;

    Deliveries(Models models, LeaseClocks clocks, Lives lives, BatchRuns batches) {
        this.models = models;
        this.clocks = clocks;
        this.lives = lives;
        this.batches = batches;
    }

    /** For models and for batches. */
    @Transactional
    List<Request> waiting() {
        return Stream.concat(models.waiting().stream().map(Deliveries::request), batches.waiting().stream())
                .toList();
    }

    /** Milliseconds on the lease clock. */
    @Transactional
    long leaseTime() {
        return clocks.read().elapsed();
    }

    /** The request is made again, if it still waits. */
    @Transactional
    void again(Request lost) {
        if (lost.kind() == Kind.BATCH) {
            batches.again(lost);
            return;
        }
        Phase phase = lost.kind() == Kind.TRAINING ? Phase.QUEUED : Phase.EVALUATION_QUEUED;
        LifeEvent event = new LifeEvent.Undelivered(phase, lost.attempt());
        if (!lives.happen(lost.of(), event, new Moment(Instant.now(), 0))
                .orders()
                .isEmpty()) {
            Log.warnf(
                    "undelivered model=%s attempt=%d partition=%d offset=%d",
                    lost.of(), lost.attempt(), lost.partition(), lost.offset());
        }
    }

    private static Request request(Waiting waiting) {
        Kind kind = waiting.phase() == Phase.QUEUED ? Kind.TRAINING : Kind.EVALUATION;
        return new Request(kind, waiting.modelId(), waiting.attempt(), waiting.partition(), waiting.offset());
    }
}
