package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.Weights;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The prototype's figures on real photographs, where those lie beside the repository. One row by default; all of them with
 * {@code -Dvedette.figures=FOLDER}, the folder of the sets; of these the two
 * of piped_paper_rl fail so far: Mahalanobis reaches 0.957 and 0.905 there, for a reason not yet found.
 */
class RealPhotographsTest {
    private static final Path SETS = Path.of(System.getProperty("vedette.figures", "../../shared/data"));
    private static final boolean ALL = System.getProperty("vedette.figures") != null;
    private static final Progress SILENT = (phase, done, total) -> {};

    private record Labelled(List<float[]> pooled, boolean[] anomalous) {}

    @ParameterizedTest
    @CsvSource({
        "aliens,mobilenet-v2,0.982,0.950,0.990",
        "aliens,inception-v3,1.000,1.000,0.997",
        "cookie,inception-v3,1.000,1.000,0.929",
        "cookie,mobilenet-v2,1.000,1.000,0.938",
        "piped_paper_rl,inception-v3,0.999,0.979,0.986",
        "piped_paper_rl,mobilenet-v2,0.991,0.957,0.957",
    })
    void prototypeIsMatched(String set, String backbone, double auroc, double f1, double mahalanobis)
            throws IOException {
        // Given
        Path folder = SETS.resolve(set);
        assumeTrue(Files.isDirectory(folder), "there are no photographs in " + folder);
        assumeTrue(
                ALL || set.equals("aliens") && backbone.equals("mobilenet-v2"),
                "measured only with -Dvedette.figures=FOLDER");
        Labelled train;
        Labelled test;
        long start = System.nanoTime();
        try (Features features = new Features(new Backbone(Weights.named(backbone), 2, "cpu"), 384)) {
            train = extract(features, folder.resolve("train"));
            test = extract(features, folder.resolve("test"));
        }
        double seconds = (System.nanoTime() - start) / 1e9 / (train.anomalous.length + test.anomalous.length);
        // When
        ImageMetrics labelled = measure(Learned.from(train.pooled, train.anomalous, 0, SILENT), test);
        ImageMetrics normalsOnly =
                measure(Learned.from(normals(train), new boolean[normals(train).size()], 0, SILENT), test);
        // Then
        System.out.printf(
                "%s %s: %.3f s an image%n  labelled %s%n  normals only %s%n",
                set, backbone, seconds, labelled, normalsOnly);
        assertThat(labelled.rocAuc()).isGreaterThanOrEqualTo(auroc - 0.02);
        assertThat(labelled.f1()).isGreaterThanOrEqualTo(f1 - 0.05);
        assertThat(normalsOnly.rocAuc()).isCloseTo(mahalanobis, within(0.02));
    }

    private static ImageMetrics measure(Learned learned, Labelled test) {
        double[] scores =
                test.pooled.stream().mapToDouble(learned.head()::score).toArray();
        return ImageMetrics.of(scores, test.anomalous, learned.calibration().threshold());
    }

    private static List<float[]> normals(Labelled set) {
        List<float[]> normals = new ArrayList<>();
        for (int i = 0; i < set.anomalous.length; i++) if (!set.anomalous[i]) normals.add(set.pooled.get(i));
        return normals;
    }

    private static Labelled extract(Features features, Path folder) throws IOException {
        List<float[]> pooled = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        for (String label : List.of("normal", "anomaly"))
            try (Stream<Path> files = Files.list(folder.resolve(label))) {
                for (Path path : files.sorted().toList()) {
                    ImageFile file = ImageFile.of(path.toString(), Files.readAllBytes(path));
                    pooled.add(features.of(file, file.dimensions(), "itself"));
                    labels.add(label.equals("anomaly"));
                }
            }
        boolean[] anomalous = new boolean[labels.size()];
        for (int i = 0; i < anomalous.length; i++) anomalous[i] = labels.get(i);
        return new Labelled(pooled, anomalous);
    }
}
