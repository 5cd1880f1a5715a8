package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.model.Minima.Counts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimaTest {
    @ParameterizedTest
    @CsvSource({
        "LEARNER,10,0,1,1,true", "LEARNER,9,5,1,1,false", "LEARNER,10,0,0,1,false", "LEARNER,10,0,1,0,false",
        "AWS,10,0,10,10,true", "AWS,9,9,10,10,false", "AWS,10,0,9,10,false", "AWS,10,0,10,9,false"
    })
    void separateDatasetsNeedWhatTheSettingSays(
            Minima minima, int normal, int anomaly, int testNormal, int testAnomaly, boolean enough) {
        assertThat(minima.missing(new Counts(normal, anomaly), Optional.of(new Counts(testNormal, testAnomaly)))
                        .isEmpty())
                .isEqualTo(enough);
    }

    @ParameterizedTest
    @CsvSource({"LEARNER,20,10,true", "LEARNER,19,10,false", "LEARNER,20,9,false", "AWS,20,10,true", "AWS,19,10,false"})
    void aSingleDatasetNeedsTwentyAndTen(Minima minima, int normal, int anomaly, boolean enough) {
        assertThat(minima.missing(new Counts(normal, anomaly), Optional.empty()).isEmpty())
                .isEqualTo(enough);
    }

    @Test
    void theMessageHasTheCounts() {
        assertThat(Minima.LEARNER.missing(new Counts(19, 10), Optional.empty()))
                .contains("The project's single dataset needs at least 20 normal and 10 anomalous labeled images,"
                        + " and has 19 normal and 10 anomalous.");
    }

    @ParameterizedTest
    @CsvSource({"AWS,10,10,true", "AWS,9,10,false", "AWS,10,9,false", "LEARNER,1,0,true"})
    void eachLabelNeedsTenImagesInEachDataset(Minima minima, int train, int test, boolean enough) {
        assertThat(minima.missingLabels(Map.of("scratch", train), Optional.of(Map.of("scratch", test)))
                        .isEmpty())
                .isEqualTo(enough);
    }

    @Test
    void aLabelOfASingleDatasetNeedsTwentyImages() {
        assertThat(Minima.AWS.missingLabels(Map.of("scratch", 20, "dent", 19), Optional.empty()))
                .contains("The project's single dataset needs at least 20 images whose mask has the anomaly label dent"
                        + " alone, and has 19.");
    }

    @Test
    void aLabelThatOnlyTheTestDatasetHasIsMissingInTheOther() {
        assertThat(Minima.AWS.missingLabels(Map.of("scratch", 10), Optional.of(Map.of("scratch", 10, "dent", 10))))
                .contains("The training dataset needs at least 10 images whose mask has the anomaly label dent alone,"
                        + " and has 0.");
    }

    @Test
    void withoutMasksToTrainOnNoLabelIsCounted() {
        assertThat(Minima.AWS.missingLabels(Map.of(), Optional.of(Map.of("dent", 1))))
                .isEmpty();
    }
}
