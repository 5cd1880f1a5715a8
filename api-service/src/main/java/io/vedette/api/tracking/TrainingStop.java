package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.api.tracking.Lives.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Ends a training because its owner wants it to end. */
@ApplicationScoped
public class TrainingStop {
    private static final String REASON = "Training was stopped.";

    private final Lives lives;

    TrainingStop(Lives lives) {
        this.lives = lives;
    }

    /** Joins the caller's transaction. False if the model is not in training (any more). */
    public boolean stop(UUID modelId) {
        boolean stopped = !lives.happen(modelId, new LifeEvent.Stopped(REASON), new Moment(Instant.now(), 0))
                .orders()
                .isEmpty();
        if (stopped) {
            Log.infof("stopped model=%s", modelId);
        }
        return stopped;
    }
}
