package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.api.tracking.Lives.Moment;
import io.vedette.persistence.Models;
import io.vedette.persistence.Models.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** The transactions around requests that wait on their topics. */
@ApplicationScoped
class Deliveries {
    private final Models models;
    private final LeaseClocks clocks;
    private final Lives lives;

    Deliveries(Models models, LeaseClocks clocks, Lives lives) {
        this.models = models;
        this.clocks = clocks;
        this.lives = lives;
    }

    @Transactional
    List<Waiting> waiting() {
        return models.waiting();
    }

    /** Milliseconds on the lease clock. */
    @Transactional
    long leaseTime() {
        return clocks.read().elapsed();
    }

    /** The request is made again, if it still waits. */
    @Transactional
    void again(Waiting lost) {
        LifeEvent event = new LifeEvent.Undelivered(lost.phase(), lost.attempt());
        if (!lives.happen(lost.modelId(), event, new Moment(Instant.now(), 0))
                .orders()
                .isEmpty()) {
            Log.warnf(
                    "undelivered model=%s attempt=%d partition=%d offset=%d",
                    lost.modelId(), lost.attempt(), lost.partition(), lost.offset());
        }
    }
}
