package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.api.tracking.Life.Step;
import io.vedette.api.tracking.Lives.Moment;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Models;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Models whose work has no worker any more, and what is done about each, in one transaction per model. */
@ApplicationScoped
class Orphans {
    private final Models models;
    private final Runs runs;
    private final Lives lives;
    private final LeaseClocks clocks;
    private final TrackingSettings settings;

    Orphans(Models models, Runs runs, Lives lives, LeaseClocks clocks, TrackingSettings settings) {
        this.models = models;
        this.runs = runs;
        this.lives = lives;
        this.clocks = clocks;
        this.settings = settings;
    }

    /** A model without a worker, and the training runs that may have left an artifact all the same. */
    record Orphan(Model model, List<UUID> trainingRuns) {}

    @Transactional
    List<Orphan> all() {
        long finishedBefore = clocks.read().deadline(settings.lostDispatch());
        return runs.orphanedModels(finishedBefore).stream()
                .flatMap(id -> models.find(id).stream())
                .map(model -> new Orphan(model, trainingRuns(model)))
                .toList();
    }

    private List<UUID> trainingRuns(Model model) {
        return runs.ofModel(model.modelId()).stream()
                .filter(run -> run.kind() == Kind.TRAINING)
                .map(TrackedRun::runId)
                .toList();
    }

    /** The work goes on with what a dead worker has left, or is handed out again, or is given up. */
    @Transactional
    void settle(Model seen, Optional<Artifact> left) {
        Step step = lives.happen(
                seen.modelId(), new LifeEvent.Abandoned(seen.attempt(), left), new Moment(Instant.now(), 0));
        if (!step.orders().isEmpty()) {
            Log.infof("orphaned model=%s attempt=%d now=%s", seen.arn(), seen.attempt(), step.orders());
        }
    }
}
