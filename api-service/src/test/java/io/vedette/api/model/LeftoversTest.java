package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.model.KeptFiles.Kept;
import io.vedette.api.model.KeptFiles.Of;
import io.vedette.common.DatasetType;
import io.vedette.common.artifact.ArtifactLayout;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final UUID MODEL = UUID.randomUUID();
    private static final UUID WINNER = UUID.randomUUID();
    private static final UUID LOSER = UUID.randomUUID();
    private static final String SNAPSHOT = ArtifactLayout.snapshot(MODEL, DatasetType.TRAIN);

    @Test
    void whatALosingRunWroteIsLeft() {
        // Given
        Kept settled = new Kept(Of.PRESENT, Optional.of(Set.of(WINNER)));
        // Then
        assertThat(isLeft(ArtifactLayout.artifact(MODEL, LOSER), settled, true)).isTrue();
        assertThat(isLeft(ArtifactLayout.artifact(MODEL, WINNER), settled, true))
                .isFalse();
        assertThat(isLeft(SNAPSHOT, settled, true)).isFalse();
    }

    @Test
    void nothingOfAModelInTrainingIsLeft() {
        // Given
        Kept inTraining = new Kept(Of.PRESENT, Optional.empty());
        // Then
        assertThat(isLeft(ArtifactLayout.artifact(MODEL, LOSER), inTraining, true))
                .isFalse();
        assertThat(isLeft(SNAPSHOT, inTraining, false)).isFalse();
    }

    @Test
    void ofAnUnknownModelOnlyASnapshotThatNobodyWorkedOnIsLeft() {
        // Given
        Kept unknown = new Kept(Of.UNKNOWN, Optional.empty());
        // Then
        assertThat(isLeft(SNAPSHOT, unknown, false)).isTrue();
        assertThat(isLeft(SNAPSHOT, unknown, true)).isFalse();
        assertThat(isLeft(ArtifactLayout.artifact(MODEL, LOSER), unknown, true)).isFalse();
    }

    @Test
    void whatIsWrittenForADeletedModelIsLeft() {
        // Given
        Kept deleted = new Kept(Of.DELETED, Optional.empty());
        // Then
        assertThat(isLeft(ArtifactLayout.artifact(MODEL, LOSER), deleted, true)).isTrue();
        assertThat(isLeft(ArtifactLayout.batchPart(MODEL, LOSER, 0), deleted, false))
                .isTrue();
        assertThat(isLeft(SNAPSHOT, deleted, true)).isTrue();
    }

    @Test
    void whatIsNotOfTheLayoutHasNoOwner() {
        assertThat(ArtifactLayout.owner("models/readme.txt")).isEmpty();
    }

    private static boolean isLeft(String key, Kept kept, boolean hasRuns) {
        return Leftovers.isLeft(ArtifactLayout.owner(key).orElseThrow(), kept, hasRuns);
    }
}
