package io.vedette.anomaly.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.image.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackboneTest {
    private static final Offset<Double> CLOSE = within(1e-4);

    @ParameterizedTest
    @CsvSource({
        "inception-v3,inception_v3,299",
        "inception-v3,inception_v3,384",
        "mobilenet-v2,mobilenet_v2,224",
        "mobilenet-v2,mobilenet_v2,384"
    })
    void givesWhatTheOriginalRuntimeGives(String name, String goldenName, int side) throws IOException {
        // Given
        JsonNode golden = golden().path("networks").path(goldenName);
        Weights weights = Weights.named(name);
        try (Backbone backbone = HalfNetworks.whole(weights);
                NDManager scope = backbone.scope()) {
            // When
            NDList taps =
                    new Steps(weights, scope, Precision.FLOAT32).of(Backbone.tensor(scope, List.of(formula(side))));
            // Then
            for (int i = 0; i < taps.size(); i++) {
                String tap = weights.network().taps().get(i).name();
                matches(taps.get(i), golden.path(tap + "@" + side));
            }
        }
    }

    private static void matches(NDArray tap, JsonNode golden) {
        int height = golden.path("height").asInt();
        int width = golden.path("width").asInt();
        int channels = golden.path("channels").asInt();
        assertThat(tap.getShape().getShape()).containsExactly(1, channels, height, width);
        assertThat((double) tap.mean().getFloat()).isCloseTo(golden.path("mean").asDouble(), CLOSE);
        assertThat((double) tap.max().getFloat()).isCloseTo(golden.path("max").asDouble(), CLOSE);
        float[] means = tap.reshape(channels, -1).mean(new int[] {1}).toFloatArray();
        for (int c = 0; c < 16; c++)
            assertThat((double) means[c])
                    .isCloseTo(golden.path("channel_means_first_16").path(c).asDouble(), CLOSE);
        for (JsonNode point : golden.path("points")) {
            double value = tap.getFloat(
                    0,
                    point.path("channel").asLong(),
                    point.path("y").asLong(),
                    point.path("x").asLong());
            assertThat(value).as(point.toString()).isCloseTo(point.path("value").asDouble(), CLOSE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inception-v3", "mobilenet-v2"})
    void firstLayerSeesWhatItSawInTraining(String name) {
        // Given
        Weights weights = Weights.named(name);
        float[] stored = weights.tensors().get("stem.mean").values();
        float[] unscale = weights.tensors().get("stem.unscale").values();
        try (Backbone backbone = HalfNetworks.whole(weights);
                NDManager scope = backbone.scope()) {
            // When
            float[] seen =
                    new Steps(weights, scope, Precision.FLOAT32).stem(Backbone.tensor(scope, List.of(formula(384))));
            // Then
            for (int c = 0; c < seen.length; c++) seen[c] *= unscale[c];
            assertThat(correlation(seen, stored)).isGreaterThan(0.9);
        }
    }

    @Test
    void nothingIsLeftOnTheNativeSide() {
        try (Backbone backbone = Backbone.open("mobilenet-v2", 1, "cpu");
                NDManager scope = backbone.scope()) {
            // Given
            NDManager held = scope.getParentManager();
            int before = held.getManagedArrays().size();
            // When
            for (int i = 0; i < 3; i++) backbone.features(formula(64)).close();
            // Then
            assertThat(held.getManagedArrays()).hasSize(before);
        }
    }

    private static double correlation(float[] a, float[] b) {
        double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.length; i++) {
            ma += a[i] / a.length;
            mb += b[i] / b.length;
        }
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** The image that the golden file is about. */
    private static Pixels formula(int side) {
        float[] rgb = new float[3 * side * side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                for (int c = 0; c < 3; c++) {
                    double value = 127.5
                            + 80 * Math.sin(0.05 * x * (c + 1) + 0.3 * c)
                            + 40 * Math.cos(0.07 * y * (3 - c))
                            + ((x * 31 + y * 17 + c * 7) % 23 - 11);
                    rgb[3 * (y * side + x) + c] = (float) (Math.min(255, Math.max(0, Math.floor(value))) / 255);
                }
        return new Pixels(side, side, rgb);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = BackboneTest.class.getResourceAsStream("/golden-backbone.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
