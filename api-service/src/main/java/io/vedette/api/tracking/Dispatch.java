package io.vedette.api.tracking;

import io.vedette.common.DatasetType;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.event.LifecycleEvent.ModelStatusChanged;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import io.vedette.persistence.History;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Models;
import io.vedette.persistence.Outbox;
import io.vedette.persistence.Phase;
import jakarta.enterprise.context.ApplicationScoped;

/** Hands work out to the workers, through the outbox of the caller's transaction. */
@ApplicationScoped
public class Dispatch {
    private final Outbox outbox;
    private final Models models;
    private final History history;

    Dispatch(Outbox outbox, Models models, History history) {
        this.outbox = outbox;
        this.models = models;
        this.history = history;
    }

    /** A model that has just been asked for: the world is told, and a trainer is wanted. */
    public void announce(Model model, String statusMessage) {
        outbox.add(
                Topic.LIFECYCLE,
                model.arn().toString(),
                new ModelStatusChanged(model.modelId(), model.arn(), null, model.status(), statusMessage, null));
        history.add(model.modelId(), Phase.QUEUED, model.attempt(), "The model was asked for.");
        train(model, model.attempt());
    }

    void train(Model model, int attempt) {
        TrainRequested request = new TrainRequested(
                model.modelId(),
                model.arn(),
                attempt,
                ArtifactLayout.snapshot(model.modelId(), DatasetType.TRAIN),
                ArtifactLayout.snapshot(model.modelId(), DatasetType.TEST),
                model.kmsKeyId().orElse(null));
        send(model, Topic.TRAINING_REQUESTED, request);
    }

    void evaluate(Model model, Artifact artifact, int attempt) {
        ModelTrained request = new ModelTrained(
                model.modelId(),
                model.arn(),
                attempt,
                artifact.trainingRunId(),
                artifact.key(),
                artifact.sha256().orElse(null),
                artifact.trainingImages());
        send(model, Topic.MODEL_TRAINED, request);
    }

    private void send(Model model, Topic topic, WorkEvent request) {
        models.noteDispatch(model.modelId(), outbox.add(topic, model.arn().toString(), request));
    }
}
