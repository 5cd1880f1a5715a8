package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The prototype's figures on real photographs, where those lie beside the repository: AUROC, and F1 where the threshold is
 * set from labelled training images. One set by default; all with {@code -Dvedette.figures=FOLDER}, the folder of the sets.
 */
class RealPhotographsTest {
    private static final Path SETS = Path.of(System.getProperty("vedette.figures", "../../shared/data"));
    private static final boolean ALL = System.getProperty("vedette.figures") != null;
    private static final String ONLY = System.getProperty("vedette.figures.only", "");
    private static final int THREADS = Integer.getInteger("vedette.figures.threads", 2);
    private static final String LEARNER = System.getProperty("vedette.figures.learner", "");
    private static final List<String> LEARNERS = LearnerSettings.LEARNERS;
    private static final List<String> MEASURED =
            Stream.concat(LEARNERS.stream(), Stream.of(LearnerSettings.AUTO)).toList();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "aliens,mobilenet-v2,0.982/0.950 0.945/0.900 0.987/0.923 0.990 0.968 0.947 0.976",
        "cookie,mobilenet-v2,1.000/1.000 1.000/1.000 1.000/1.000 0.938 0.991 0.929 0.973",
        "piped_paper_rl,mobilenet-v2,0.991/0.957 0.999/0.990 1.000/0.990 0.957 0.974 0.969 0.982",
        "aliens,inception-v3,1.000/1.000 1.000/0.930 1.000/0.976 0.997 0.997 0.971 0.992",
        "cookie,inception-v3,1.000/1.000 1.000/1.000 1.000/1.000 0.929 0.973 0.938 0.929",
        "piped_paper_rl,inception-v3,0.999/0.979 1.000/0.990 1.000/0.990 0.986 0.993 0.982 0.994",
    })
    void prototypeIsMatched(String set, String backbone, String prototype) throws IOException {
        // Given
        Path folder = SETS.resolve(set);
        assumeTrue(Files.isDirectory(folder), "there are no photographs in " + folder);
        assumeTrue(
                ALL ? (set + " " + backbone).contains(ONLY) : (set + " " + backbone).equals("aliens mobilenet-v2"),
                "measured only with -Dvedette.figures=FOLDER");
        LearnerSettings settings = new LearnerSettings(backbone, 384, 0, THREADS, "cpu")
                .withCopies(Integer.getInteger("vedette.figures.copies", 0));
        Map<String, ImageMetrics> figures = new LinkedHashMap<>();
        // When
        try (Measured measured = new Measured(folder, settings, Boolean.getBoolean("vedette.figures.masks"))) {
            for (String learner : ALL ? MEASURED : List.of("image-branch", "mahalanobis")) {
                if (!learner.contains(LEARNER)) continue;
                Learned learned = measured.learn(learner);
                double[] scores = measured.scores(learned);
                learned.parts().close();
                figures.put(
                        learner,
                        ImageMetrics.of(
                                scores,
                                measured.anomalous,
                                learned.calibration().threshold()));
                double best = ImageMetrics.of(scores, measured.anomalous, Threshold.bestF1(scores, measured.anomalous))
                        .f1();
                System.out.printf(
                        "FIGURES %s %s %s: AUROC %.3f, F1 %.3f, best F1 %.3f, chosen %s%n",
                        set,
                        backbone,
                        learner,
                        figures.get(learner).rocAuc(),
                        figures.get(learner).f1(),
                        best,
                        learned.learner());
            }
        }
        // Then
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < LEARNERS.size(); i++) {
            ImageMetrics figure = figures.get(LEARNERS.get(i));
            if (figure == null) continue;
            String[] wanted = prototype.split(" ")[i].split("/");
            double tolerance =
                    LEARNERS.get(i).equals("image-branch") || LEARNERS.get(i).equals("mahalanobis") ? 0.02 : 0.03;
            if (figure.rocAuc() < Double.parseDouble(wanted[0]) - tolerance) missed.add(LEARNERS.get(i) + " AUROC");
            if (wanted.length > 1 && figure.f1() < Double.parseDouble(wanted[1]) - 0.05)
                missed.add(LEARNERS.get(i) + " F1");
        }
        assertThat(missed).isEmpty();
    }
}
