package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.model.KeptFiles.Kept;
import io.vedette.api.model.KeptFiles.Of;
import io.vedette.common.ModelArn;
import io.vedette.common.event.LifecycleEvent.Performance;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.Models;
import io.vedette.persistence.NewModel;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun.State;
import io.vedette.persistence.Winner;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of a model's files are needed, on a real Postgres. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class KeptFilesTest {
    private final UUID modelId = UUID.randomUUID();
    private final UUID loser = UUID.randomUUID();
    private final UUID trainer = UUID.randomUUID();
    private final UUID evaluator = UUID.randomUUID();
    private final UUID zombie = UUID.randomUUID();
    private final ModelArn arn =
            ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/k" + modelId + "/1");

    @Inject
    KeptFiles files;

    @Inject
    Models models;

    @Inject
    Runs runs;

    @Inject
    EntityManager entities;

    @BeforeEach
    void aModelInTraining() {
        UUID project = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery("insert into project (project_id, account, region, name, created_at)"
                            + " values (?1, '000000000001', 'us-east-1', ?2, now())")
                    .setParameter(1, project)
                    .setParameter(2, arn.project().value())
                    .executeUpdate();
            models.add(
                    new NewModel(modelId, project, arn, Instant.now(), null, null, new Output("out", ""), List.of()));
            for (UUID run : List.of(loser, trainer, zombie)) {
                runs.start(new Run(run, Kind.TRAINING, modelId, arn, 1), "w", Instant.now(), 0);
            }
            runs.end(loser, State.LOST, null, Instant.now());
            runs.end(trainer, State.FINISHED, null, Instant.now());
        });
    }

    @Test
    void whileAModelIsInTrainingOrBeingDeletedItsFilesAreAllNeeded() {
        assertThat(files.of(modelId)).isEqualTo(new Kept(Of.PRESENT, Optional.empty()));
        status("DELETING");
        assertThat(files.of(modelId)).isEqualTo(new Kept(Of.PRESENT, Optional.empty()));
    }

    @Test
    void ofATrainedModelTheWinnersAreNeededAndThoseOfRunsThatStillWrite() {
        QuarkusTransaction.requiringNew().run(() -> {
            models.claimArtifact(modelId, new Artifact(trainer, "key", Optional.of("aa"), 7));
            models.claimWin(
                    modelId, new Winner(evaluator, trainer, Instant.now(), "r", "m", 7, new Performance(0.5, 0.25, 1)));
            models.markTrained(modelId, evaluator);
        });
        assertThat(files.of(modelId)).isEqualTo(new Kept(Of.PRESENT, Optional.of(Set.of(trainer, evaluator, zombie))));
        QuarkusTransaction.requiringNew().run(() -> runs.end(zombie, State.CANCELLED, null, Instant.now()));
        assertThat(files.of(modelId)).isEqualTo(new Kept(Of.PRESENT, Optional.of(Set.of(trainer, evaluator))));
    }

    @Test
    void ofAFailedModelNothingIsNeededThatNoRunWrites() {
        QuarkusTransaction.requiringNew().run(() -> {
            models.markFailed(modelId, "why");
            runs.end(zombie, State.CANCELLED, null, Instant.now());
        });
        assertThat(files.of(modelId)).isEqualTo(new Kept(Of.PRESENT, Optional.of(Set.of())));
    }

    @Test
    void ofAModelThatWasDeletedItIsKnownThatItWas() {
        // Given
        status("DELETING");
        // When
        boolean removed = QuarkusTransaction.requiringNew().call(() -> models.remove(modelId));
        // Then
        assertThat(removed).isTrue();
        assertThat(files.of(modelId)).isEqualTo(new Kept(Of.DELETED, Optional.empty()));
    }

    @Test
    void ofAModelThatIsNotThereNothingIsKnown() {
        assertThat(files.of(UUID.randomUUID())).isEqualTo(new Kept(Of.UNKNOWN, Optional.empty()));
    }

    private void status(String status) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("update model set status = ?2 where model_id = ?1")
                        .setParameter(1, modelId)
                        .setParameter(2, status)
                        .executeUpdate());
    }
}
