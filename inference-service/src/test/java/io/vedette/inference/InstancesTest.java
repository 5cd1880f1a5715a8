package io.vedette.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.anomaly.DefectMask;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.inference.Detected.Box;
import io.vedette.common.inference.Detected.Instance;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesTest {
    private static final List<DefectClass> COLORS =
            List.of(new DefectClass("scratch", 0x7ED321), new DefectClass("dent", 0x4DD8FF));

    @Test
    void regionsOfOneDefectThatTouchAtACornerAreOne() {
        List<Instance> found = of(4, 4, "1...", ".1..", "....", "...1");
        assertThat(found).hasSize(2);
        assertThat(found.get(0).area()).isEqualTo(2 / 16.0);
        assertThat(found.get(0).box()).isEqualTo(new Box(0, 0, 0.5, 0.5));
        assertThat(found.get(1).box()).isEqualTo(new Box(0.75, 0.75, 0.25, 0.25));
    }

    @Test
    void regionsOfTwoDefectsThatTouchAreTwo() {
        List<Instance> found = of(4, 1, "1122");
        assertThat(found).extracting(Instance::name).containsExactlyInAnyOrder("scratch", "dent");
        assertThat(found).extracting(Instance::color).containsExactlyInAnyOrder("#7ED321", "#4DD8FF");
    }

    @Test
    void theLargestIsFirstAndNothingIsNothing() {
        assertThat(of(5, 1, "1.222")).extracting(Instance::name).containsExactly("dent", "scratch");
        assertThat(of(2, 2, "..", "..")).isEmpty();
    }

    @Test
    void aRegionMayBeTheWholeImage() {
        String[] rows = new String[2000];
        java.util.Arrays.fill(rows, "1".repeat(2000));
        List<Instance> found = of(2000, 2000, rows);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).area()).isEqualTo(1);
    }

    private static List<Instance> of(int width, int height, String... rows) {
        byte[] labels = new byte[width * height];
        for (int i = 0; i < labels.length; i++) {
            char label = rows[i / width].charAt(i % width);
            labels[i] = (byte) (label == '.' ? 0 : label - '0');
        }
        DefectMask mask = new DefectMask(width, height, List.of("scratch", "dent"), labels);
        return Instances.of(mask, COLORS);
    }
}
