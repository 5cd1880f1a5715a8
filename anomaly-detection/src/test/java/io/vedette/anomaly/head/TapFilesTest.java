package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapFilesTest {
    @TempDir
    private Path scratch;

    @Test
    void tapsThatWaitInFilesComeBackToTheLastBit() {
        try (NDManager device = NDManager.newBaseManager()) {
            // Given
            NDList taps = new NDList(tap(device, 0.1f, 4, 3, 3), tap(device, -7, 2, 2, 2));
            try (TapFiles files = new TapFiles(scratch, taps)) {
                files.append(new NDList(tap(device, 5, 4, 3, 3), tap(device, 6, 2, 2, 2)));
                // When
                int slot = files.append(taps);
                // Then
                assertThat(files.read(device, slot)).isEqualTo(taps);
            }
        }
    }

    private static NDArray tap(NDManager device, float first, int height, int width, int channels) {
        float[] values = new float[height * width * channels];
        for (int i = 0; i < values.length; i++) values[i] = first + i / 3f;
        return device.create(values, new Shape(1, height, width, channels)).transpose(0, 3, 1, 2);
    }
}
