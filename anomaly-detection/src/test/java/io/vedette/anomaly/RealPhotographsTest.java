package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * AUROC on real photographs, where those lie beside the repository, within 0.02 of a reference implementation in Python of
 * the same method: of the two learners that only whole images and no chance decide. {@code ./vedette bench} measures all.
 */
class RealPhotographsTest {
    private static final Path SET = Path.of("../../shared/data/aliens");

    @Test
    void wholeImagesAreRankedAsTheReferenceRanksThem() throws IOException {
        // Given
        assumeTrue(Files.isDirectory(SET), "there are no photographs in " + SET);
        List<Example> test = RealPhotographs.examples(SET, "test", false);
        try (Learner learner = new Learner(new LearnerSettings("mobilenet-v2", 384, 0, 2, "cpu"));
                Learner.Lesson lesson =
                        learner.look(RealPhotographs.examples(SET, "train", false), RealPhotographs.SILENT);
                Sights sights =
                        lesson.see(test.stream().map(Example::photograph).toList(), RealPhotographs.SILENT)) {
            // When, Then
            assertThat(area(lesson, sights, test, "image-branch")).isCloseTo(0.982, within(0.02));
            assertThat(area(lesson, sights, test, "mahalanobis")).isCloseTo(0.990, within(0.02));
        }
    }

    private static double area(Learner.Lesson lesson, Sights sights, List<Example> test, String name) {
        double[] scores = new double[test.size()];
        try (TrainedModel model = lesson.learn(name, RealPhotographs.SILENT)) {
            for (int i = 0; i < scores.length; i++)
                scores[i] = sights.verdict(model, i).score();
            return ImageMetrics.of(scores, Labels.of(test), model.threshold()).rocAuc();
        }
    }
}
