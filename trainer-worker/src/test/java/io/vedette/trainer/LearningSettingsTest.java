package io.vedette.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vedette.anomaly.LearnerSettings;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class LearningSettingsTest {
    @Test
    void defaultsAreTheLearners() {
        assertThat(of(Map.of()).rehearsal()).isEmpty();
        LearnerSettings settings = of(Map.of()).learner();
        assertThat(settings.backbone()).isEqualTo("inception-v3");
        assertThat(settings.imageSide()).isEqualTo(384);
        assertThat(settings.seed()).isZero();
        assertThat(settings.device()).isEqualTo("auto");
        assertThat(settings.precision()).isEqualTo("float32");
        assertThat(settings.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.copies()).isEqualTo(LearnerSettings.COPIES);
        assertThat(settings.patchSteps()).isEqualTo(LearnerSettings.PATCH_STEPS);
    }

    @Test
    void everySettingIsFollowed() {
        LearnerSettings settings = of(Map.of(
                        "vedette.backbone", "mobilenet-v2",
                        "vedette.image-side", "256",
                        "vedette.seed", "5",
                        "vedette.threads", "1",
                        "vedette.device", "gpu:1",
                        "vedette.gpu-memory", "2G",
                        "vedette.precision", "auto",
                        "vedette.variations", "2",
                        "vedette.patch-steps", "60"))
                .learner();
        assertThat(settings)
                .isEqualTo(new LearnerSettings("mobilenet-v2", 256, 5, 1, "gpu:1/2147483648")
                        .withPrecision("auto")
                        .withCopies(2)
                        .withPatchSteps(60));
    }

    @Test
    void memoryThatIsLeftEmptyIsNotLimited() {
        assertThat(of(Map.of("vedette.gpu-memory", "")).learner().device()).isEqualTo("auto");
    }

    @Test
    void aRehearsalHasAFolder() {
        assertThat(of(Map.of("vedette.rehearsal", "/models/learned")).rehearsal())
                .contains(Path.of("/models/learned"));
    }

    private static LearningSettings of(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverters(new Converter<?>[] {new MemorySizeConverter()})
                .withMapping(LearningSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(LearningSettings.class);
    }
}
