package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsAtOnceTest {
    private static final LearnerSettings SETTINGS = new LearnerSettings("mobilenet-v2", 96, 7, 2, "cpu")
            .withLearner("patch-head")
            .withPatchSteps(20);
    private static final List<Example> EXAMPLES = SamplePhotographs.masked(8, 8);

    @TempDir
    private Path directory;

    @Test
    void trainingsOnTwoThreadsGiveTheSameBytesEachTime() throws IOException {
        try (Learner learner = new Learner(SETTINGS)) {
            for (String run : List.of("first", "second")) {
                try (TrainedModel model = learner.learn(EXAMPLES, (phase, done, total) -> {})) {
                    model.write(directory.resolve(run));
                }
            }
        }
        for (String file : List.of("model.json", "model.safetensors"))
            assertThat(directory.resolve("first").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("second").resolve(file));
    }

    @Test
    void trainingsStopTogetherAndLeaveNothing() throws IOException {
        try (Learner learner = new Learner(SETTINGS.withPatchSteps(10_000).withScratch(directory))) {
            int before = learner.manager().getManagedArrays().size();
            assertThatThrownBy(() -> learner.learn(EXAMPLES, (phase, done, total) -> {
                        if (phase.equals("Learning patches") && done > 4) throw new Stopped();
                    }))
                    .isInstanceOf(Stopped.class);
            assertThat(learner.manager().getManagedArrays()).hasSize(before);
        }
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
