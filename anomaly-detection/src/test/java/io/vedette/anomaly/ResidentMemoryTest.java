package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A feature map of these small pictures is a third of a megabyte: were each kept, a thousand would show. */
@Tag("slow")
class ResidentMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEGABYTE = 1024;

    @Test
    void scoringAThousandPhotographsKeepsNothing() throws IOException {
        assumeTrue(Files.exists(STATUS), "this system does not say how much memory is resident");
        // Given
        LearnerSettings settings = new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu")
                .withCopies(0)
                .withPatchSteps(20);
        List<Example> examples = SamplePhotographs.masked(8, 8);
        try (Learner learner = new Learner(settings);
                TrainedModel model = learner.learn(examples, (phase, done, total) -> {})) {
            score(model, examples, 200);
            long before = resident();
            // When
            score(model, examples, 1000);
            // Then
            long after = resident();
            System.out.printf("RESIDENT %d MB before, %d MB after%n", before / MEGABYTE, after / MEGABYTE);
            assertThat(after - before).isLessThan(64 * MEGABYTE);
        }
    }

    private static void score(TrainedModel model, List<Example> examples, int times) {
        for (int i = 0; i < times; i++)
            model.inspect(examples.get(i % examples.size()).photograph());
    }

    /** In KB, after Java's garbage, with its direct buffers, is gone. */
    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
