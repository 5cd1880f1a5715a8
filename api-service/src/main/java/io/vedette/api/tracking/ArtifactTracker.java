package io.vedette.api.tracking;

import io.vedette.api.tracking.Lives.Moment;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Applies announced artifacts. A second delivery finds the model moved on, and does nothing. */
@ApplicationScoped
class ArtifactTracker {
    private final Lives lives;
    private final Models models;

    ArtifactTracker(Lives lives, Models models) {
        this.lives = lives;
        this.models = models;
    }

    /** Where a record lies on its topic, and when the broker got it. */
    record Place(int partition, long offset, Instant at) {}

    /** An announcement is the request for its evaluation as well, so its place is where that waits. */
    @Transactional
    void trained(ModelTrained event, Place place) {
        Artifact artifact = new Artifact(
                event.trainingRunId(),
                event.artifact(),
                Optional.ofNullable(event.artifactSha256()),
                event.trainingImages());
        lives.happen(event.modelId(), new LifeEvent.Trained(artifact, event.attempt()), new Moment(place.at(), 0));
        models.noteDelivery(event.modelId(), event.attempt(), place.partition(), place.offset());
    }
}
