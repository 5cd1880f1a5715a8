package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.image.Pixels;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a training with masks takes and what a verdict costs beside the bare network, with {@code -Dvedette.speed=SET},
 * the folder of one set. On a busy machine look at the processor's seconds.
 */
class SpeedBench {
    private static final String SET = System.getProperty("vedette.speed");
    /** The last one counts: nothing is warm before. */
    private static final int ROUNDS = 3;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet-v2", "inception-v3"})
    void trainAndScore(String backbone) throws IOException {
        assumeTrue(SET != null, "measured only with -Dvedette.speed=SET");
        assumeTrue(backbone.contains(System.getProperty("vedette.figures.only", "")));
        LearnerSettings settings =
                new LearnerSettings(backbone, 384, 0, Integer.getInteger("vedette.figures.threads", 2), "cpu");
        List<Example> test = RealPhotographs.examples(Path.of(SET), "test", false);
        long wall = System.nanoTime();
        long processor = SYSTEM.getProcessCpuTime();
        try (Learner learner = new Learner(settings);
                TrainedModel model =
                        learner.learn(RealPhotographs.examples(Path.of(SET), "train", true), RealPhotographs.SILENT)) {
            System.out.printf(
                    "SPEED %s: %s with %s, %.1f s to learn, %.1f s of the processor%n",
                    backbone,
                    model.learnerName(),
                    model.defects(),
                    (System.nanoTime() - wall) / 1e9,
                    (SYSTEM.getProcessCpuTime() - processor) / 1e9);
            double[] scores = new double[test.size()];
            boolean[] anomalous = new boolean[test.size()];
            double threshold = 0;
            double inspecting = 0;
            for (int round = 0; round < ROUNDS; round++) {
                processor = SYSTEM.getProcessCpuTime();
                for (int i = 0; i < scores.length; i++) {
                    Verdict verdict = model.inspect(test.get(i).photograph());
                    scores[i] = verdict.score();
                    threshold = verdict.threshold();
                    anomalous[i] = test.get(i).anomalous();
                }
                inspecting = (SYSTEM.getProcessCpuTime() - processor) / 1e6 / scores.length;
            }
            double bare = 0;
            for (int round = 1; round < ROUNDS; round++) bare = bare(settings, test);
            ImageMetrics metrics = ImageMetrics.of(scores, anomalous, threshold);
            System.out.printf(
                    "SPEED %s: AUROC %.3f F1 %.3f, %.1f ms of the processor a verdict, %.1f ms decoded and through the"
                            + " network%n",
                    backbone, metrics.rocAuc(), metrics.f1(), inspecting, bare);
            assertThat(metrics.rocAuc()).isGreaterThan(0.9);
        }
    }

    private static double bare(LearnerSettings settings, List<Example> examples) {
        try (Backbone network = Backbone.open(settings.backbone(), settings.threads(), "cpu")) {
            long processor = SYSTEM.getProcessCpuTime();
            for (Example example : examples) {
                ImageFile file = Pictures.open(example.photograph());
                Pixels pixels = Pictures.decode(file, settings.imageSide(), file.dimensions(), "");
                network.features(pixels).close();
            }
            return (SYSTEM.getProcessCpuTime() - processor) / 1e6 / examples.size();
        }
    }
}
