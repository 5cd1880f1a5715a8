package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.persistence.DatabaseTrouble;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300", "40001"})
    void aServerThatIsDownPasses(String state) {
        assertThat(DatabaseTrouble.isPassing(new PersistenceException(new SQLException("x", state))))
                .isTrue();
    }

    @Test
    void aPoolWithoutConnectionsPasses() {
        assertThat(DatabaseTrouble.isPassing(new PersistenceException(new SQLException("Acquisition timeout"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23503", "22001", "42703"})
    void dataThatDoesNotFitDoesNotPass(String state) {
        assertThat(DatabaseTrouble.isPassing(new PersistenceException(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void aMistakeInTheProgramDoesNotPass() {
        assertThat(DatabaseTrouble.isPassing(new NullPointerException())).isFalse();
    }

    @Test
    void theEffectIsTriedUntilItSucceeds() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        // When
        Patience.untilApplied(() -> {
            if (tries.incrementAndGet() < 3) {
                throw new PersistenceException(new SQLException("down", "08001"));
            }
        });
        // Then
        assertThat(tries).hasValue(3);
    }
}
