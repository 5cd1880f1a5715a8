package io.vedette.anomaly.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    @ParameterizedTest
    @CsvSource({
        "cpu, 2, cpu",
        "auto, 0, cpu",
        "auto, 2, gpu0",
        "gpu, 1, gpu0",
        "gpu:0, 1, gpu0",
        "gpu:1, 2, gpu1",
    })
    void theDeviceIsTheOneThatIsMeant(String name, int present, String device) {
        var chosen = Devices.device(name, present);
        assertThat(chosen.isGpu() ? "gpu" + chosen.getDeviceId() : "cpu").isEqualTo(device);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpu | 0 | vedette.device is gpu, but PyTorch sees no GPU. Start it with its natives for CUDA where a GPU is, or set vedette.device to auto or cpu.",
                "gpu:1 | 1 | vedette.device is gpu:1, but PyTorch sees 1 GPU: gpu:0.",
                "gpu:7 | 4 | vedette.device is gpu:7, but PyTorch sees 4 GPUs: gpu:0 to gpu:3.",
            })
    void aDeviceThatIsNotThereIsRefused(String name, int present, String sentence) {
        assertThatThrownBy(() -> Devices.device(name, present)).hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpu", "GPU", "gpu:", "gpu:-1", "gpu:1000", "", "gpu/", "gpu/2G", "gpu/-1"})
    void aNameOfNoDeviceIsRefusedAtTheStart(String name) {
        assertThatThrownBy(() -> Devices.require(1, name))
                .hasMessage("vedette.device is cpu, gpu, gpu:NUMBER or auto, not " + name + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "gpu, 32", // what is free then decides
        "gpu:1/8589934592, 32",
        "auto/2147483648, 8",
        "gpu/1100000000, 4",
        "gpu/1, 1",
    })
    void aPassTakesAsManyPicturesAsTheMemoryIsPlannedFor(String place, int pictures) {
        assertThat(Backbone.atOnce(Devices.memory(place))).isEqualTo(pictures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto", "cpu/2147483648"})
    void whatIsAlwaysThereIsThere(String name) {
        assertThatCode(() -> Devices.require(1, name)).doesNotThrowAnyException();
    }
}
