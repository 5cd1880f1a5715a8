package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The bench judges cells that it has kept; a customer's photograph goes all the way. */
class SightsTest {
    private static final Progress SILENT = (phase, done, total) -> {};

    @Test
    void verdictsOfKeptCellsAreThoseOfScoringToTheLastBit() {
        LearnerSettings settings = new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu").withPatchSteps(20);
        List<Example> examples = SamplePhotographs.masked(10, 10);
        List<Photograph> unseen = SamplePhotographs.masked(12, 12).subList(10, 14).stream()
                .map(Example::photograph)
                .toList();
        try (Learner learner = new Learner(settings);
                Learner.Lesson lesson = learner.look(examples, SILENT);
                Sights sights = lesson.see(unseen, SILENT)) {
            for (String name : List.of("fused", "normals-ensemble")) {
                try (TrainedModel model = lesson.learn(name, SILENT)) {
                    for (int i = 0; i < unseen.size(); i++)
                        assertThat(sights.verdict(model, i)).isEqualTo(model.inspect(unseen.get(i)));
                }
            }
        }
    }
}
