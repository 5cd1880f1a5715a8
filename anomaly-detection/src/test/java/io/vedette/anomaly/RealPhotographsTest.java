package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The prototype's figures on real photographs, where those lie beside the repository: AUROC, F1 where the threshold is set
 * from training images. One row by default; all of them with {@code -Dvedette.figures=FOLDER}, the folder of the sets.
 */
class RealPhotographsTest {
    private static final Path SETS = Path.of(System.getProperty("vedette.figures", "../../shared/data"));
    private static final boolean ALL = System.getProperty("vedette.figures") != null;
    private static final String ONLY = System.getProperty("vedette.figures.only", "");
    private static final Progress SILENT = (phase, done, total) -> {};

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "aliens,mobilenet-v2,image-branch,0.982,0.950",
        "aliens,mobilenet-v2,patch-head,0.945,0.900",
        "aliens,mobilenet-v2,fused,0.987,0.923",
        "aliens,mobilenet-v2,mahalanobis,0.990,",
        "aliens,mobilenet-v2,padim,0.968,",
        "aliens,mobilenet-v2,patchcore,0.947,",
        "aliens,mobilenet-v2,normals-ensemble,0.976,",
        "aliens,mobilenet-v2,auto,0.987,0.923",
        "cookie,mobilenet-v2,image-branch,1.000,1.000",
        "cookie,mobilenet-v2,patch-head,1.000,1.000",
        "cookie,mobilenet-v2,fused,1.000,1.000",
        "cookie,mobilenet-v2,mahalanobis,0.938,",
        "cookie,mobilenet-v2,padim,0.991,",
        "cookie,mobilenet-v2,patchcore,0.929,",
        "cookie,mobilenet-v2,normals-ensemble,0.973,",
        "cookie,mobilenet-v2,auto,1.000,1.000",
        "piped_paper_rl,mobilenet-v2,image-branch,0.991,0.957",
        "piped_paper_rl,mobilenet-v2,patch-head,0.999,0.990",
        "piped_paper_rl,mobilenet-v2,fused,1.000,0.990",
        "piped_paper_rl,mobilenet-v2,mahalanobis,0.957,",
        "piped_paper_rl,mobilenet-v2,padim,0.974,",
        "piped_paper_rl,mobilenet-v2,patchcore,0.969,",
        "piped_paper_rl,mobilenet-v2,normals-ensemble,0.982,",
        "piped_paper_rl,mobilenet-v2,auto,1.000,0.990",
        "aliens,inception-v3,image-branch,1.000,1.000",
        "aliens,inception-v3,patch-head,1.000,0.930",
        "aliens,inception-v3,fused,1.000,0.976",
        "aliens,inception-v3,mahalanobis,0.997,",
        "aliens,inception-v3,padim,0.997,",
        "aliens,inception-v3,patchcore,0.971,",
        "aliens,inception-v3,normals-ensemble,0.992,",
        "aliens,inception-v3,auto,1.000,0.976",
        "cookie,inception-v3,image-branch,1.000,1.000",
        "cookie,inception-v3,patch-head,1.000,1.000",
        "cookie,inception-v3,fused,1.000,1.000",
        "cookie,inception-v3,mahalanobis,0.929,",
        "cookie,inception-v3,padim,0.973,",
        "cookie,inception-v3,patchcore,0.938,",
        "cookie,inception-v3,normals-ensemble,0.929,",
        "cookie,inception-v3,auto,1.000,1.000",
        "piped_paper_rl,inception-v3,image-branch,0.999,0.979",
        "piped_paper_rl,inception-v3,patch-head,1.000,0.990",
        "piped_paper_rl,inception-v3,fused,1.000,0.990",
        "piped_paper_rl,inception-v3,mahalanobis,0.986,",
        "piped_paper_rl,inception-v3,padim,0.993,",
        "piped_paper_rl,inception-v3,patchcore,0.982,",
        "piped_paper_rl,inception-v3,normals-ensemble,0.994,",
        "piped_paper_rl,inception-v3,auto,1.000,0.990",
    })
    void prototypeIsMatched(String set, String backbone, String learner, double auroc, Double f1) throws IOException {
        // Given
        Path folder = SETS.resolve(set);
        assumeTrue(Files.isDirectory(folder), "there are no photographs in " + folder);
        assumeTrue(
                ALL
                        ? (set + " " + backbone + " " + learner).contains(ONLY)
                        : set.equals("aliens") && backbone.equals("mobilenet-v2") && learner.equals("fused"),
                "measured only with -Dvedette.figures=FOLDER");
        LearnerSettings settings = new LearnerSettings(backbone, 384, 0, 2, "cpu")
                .withLearner(learner)
                .withCopies(Integer.getInteger("vedette.figures.copies", 0));
        List<Example> test = RealPhotographs.examples(folder, "test", false);
        boolean[] anomalous = new boolean[test.size()];
        double[] scores = new double[test.size()];
        double threshold = 0;
        // When
        long start = System.nanoTime();
        String chosen;
        double training;
        try (Learner learning = new Learner(settings);
                TrainedModel model = learning.learn(
                        RealPhotographs.examples(folder, "train", Boolean.getBoolean("vedette.figures.masks")),
                        SILENT)) {
            training = (System.nanoTime() - start) / 1e9;
            chosen = model.learnerName();
            for (int i = 0; i < scores.length; i++) {
                Verdict verdict = model.inspect(test.get(i).photograph());
                scores[i] = verdict.score();
                threshold = verdict.threshold();
                anomalous[i] = test.get(i).anomalous();
            }
        }
        // Then
        ImageMetrics metrics = ImageMetrics.of(scores, anomalous, threshold);
        ImageMetrics best = ImageMetrics.of(scores, anomalous, Threshold.bestF1(scores, anomalous));
        System.out.printf(
                "FIGURES %s %s %s (%s): AUROC %.3f (%.3f) F1 %.3f (%s) best %.3f, %.1f s%n",
                set, backbone, learner, chosen, metrics.rocAuc(), auroc, metrics.f1(), f1, best.f1(), training);
        assertThat(metrics.rocAuc()).isGreaterThanOrEqualTo(auroc - 0.03);
        if (f1 != null) assertThat(metrics.f1()).isGreaterThanOrEqualTo(f1 - 0.05);
    }
}
