package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Models;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Models whose work has no worker any more, and what is done about each, in one transaction per model. */
@ApplicationScoped
class Orphans {
    private final Models models;
    private final Runs runs;
    private final ModelProgress progress;

    Orphans(Models models, Runs runs, ModelProgress progress) {
        this.models = models;
        this.runs = runs;
        this.progress = progress;
    }

    /** A model without a worker, and the training runs that may have left an artifact all the same. */
    record Orphan(Model model, List<UUID> trainingRuns) {}

    @Transactional
    List<Orphan> all() {
        return runs.orphanedModels().stream()
                .flatMap(id -> models.find(id).stream())
                .map(model -> new Orphan(model, mayHaveTrained(model)))
                .toList();
    }

    private List<UUID> mayHaveTrained(Model model) {
        return RunRules.kindOf(model) == Kind.TRAINING
                ? runs.ofModel(model.modelId(), Kind.TRAINING).stream()
                        .map(TrackedRun::runId)
                        .toList()
                : List.of();
    }

    /** The work goes on with what a dead worker has left. */
    @Transactional
    void adopt(Model seen, Artifact artifact) {
        unchanged(seen).ifPresent(model -> {
            progress.adopt(model, artifact);
            Log.infof("adopted model=%s run=%s", model.arn(), artifact.trainingRunId());
        });
    }

    /** The work is handed out again, or given up where its attempts are used up. */
    @Transactional
    void again(Model seen) {
        unchanged(seen).ifPresent(model -> {
            Kind kind = RunRules.kindOf(model);
            TrackedRun last = runs.ofModel(model.modelId(), kind).get(0);
            int spent = RunRules.spent(model, last);
            if (spent >= RunRules.ATTEMPTS) {
                progress.fail(model, RunRules.givenUp(kind, last));
            } else if (progress.again(model, spent)) {
                Log.infof("requeued model=%s attempt=%d lost=%d", model.arn(), model.attempt() + 1, spent);
            }
        });
    }

    /** The model, locked, if it still stands where it was seen and no worker has come back to it. */
    private Optional<Model> unchanged(Model seen) {
        return models.findAndLock(seen.modelId())
                .filter(model -> model.status() == ModelStatus.TRAINING)
                .filter(model -> model.phase().equals(seen.phase()) && model.attempt() == seen.attempt())
                .filter(model ->
                        runs.running(model.modelId()).stream().noneMatch(run -> run.kind() == RunRules.kindOf(model)));
    }
}
