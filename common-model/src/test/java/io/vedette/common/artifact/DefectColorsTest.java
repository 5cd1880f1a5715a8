package io.vedette.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.dataset.DefectClass;
import io.vedette.common.event.EventJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefectColorsTest {
    private static final DefectClass SCRATCH = new DefectClass("scratch", 0x7ED321);
    private static final DefectClass STAIN = new DefectClass("stain", 0x0000FF);

    @Test
    void everyDefectHasTheFirstColourOfTheManifest() {
        // When
        DefectColors colors =
                DefectColors.of(List.of("stain", "scratch"), Stream.of(SCRATCH, STAIN, new DefectClass("stain", 1)));
        // Then
        assertThat(colors.defects()).containsExactly(STAIN, SCRATCH);
    }

    @Test
    void coloursAreNeverSharedAndNeverWhite() {
        // Given: white is the background, and two lines of a manifest may give one colour to two defects
        List<DefectClass> manifest =
                List.of(SCRATCH, new DefectClass("dent", SCRATCH.rgb()), new DefectClass("chip", 0xFFFFFF));
        // When
        List<DefectClass> defects = DefectColors.of(List.of("scratch", "dent", "chip"), manifest.stream())
                .defects();
        // Then
        assertThat(defects.get(0)).isEqualTo(SCRATCH);
        assertThat(defects).extracting(DefectClass::rgb).doesNotHaveDuplicates().doesNotContain(0xFFFFFF);
    }

    @Test
    void fileIsReadAsItWasWritten() throws IOException {
        // Given
        DefectColors colors = DefectColors.of(List.of("scratch"), Stream.of(SCRATCH));
        // When
        String json = EventJson.mapper().writeValueAsString(colors);
        // Then
        assertThat(json).isEqualTo("{\"schema\":1,\"defects\":[{\"name\":\"scratch\",\"color\":\"#7ED321\"}]}");
        assertThat(EventJson.mapper().readValue(json, DefectColors.class)).isEqualTo(colors);
    }
}
