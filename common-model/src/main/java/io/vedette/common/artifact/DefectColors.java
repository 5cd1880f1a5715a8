package io.vedette.common.artifact;

import io.vedette.common.dataset.DefectClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code defects.json} in a segmentation model's artifact: the colour that each defect has in the masks that the model
 * draws. A classification model's artifact has no such file.
 *
 * @param schema 1
 * @param defects in the model's order; no two have one colour and none is white, which is the background
 */
public record DefectColors(int schema, List<DefectClass> defects) {
    /** The file's name in the artifact. */
    public static final String FILE = "defects.json";

    private static final int SCHEMA = 1;
    private static final int WHITE = 0xFFFFFF;
    private static final int[] OTHERS = {0xE6194B, 0x3C6EB4, 0xF0A202, 0x3CB44B, 0x911EB4, 0x42D4F4, 0xF032E6, 0x808000
    };

    /**
     * Each defect in the first colour that a manifest gives it. Where that is white or another defect's already, which one
     * manifest can do line by line, it gets a colour that is not in use.
     *
     * @param names of the model's defects
     * @param manifest what the lines' colour maps say, in their order
     */
    public static DefectColors of(List<String> names, Stream<DefectClass> manifest) {
        List<DefectClass> said = manifest.distinct().toList();
        Set<Integer> used = new HashSet<>(Set.of(WHITE));
        List<DefectClass> defects = new ArrayList<>();
        for (String name : names) {
            int color = said.stream()
                    .filter(known -> known.name().equals(name))
                    .mapToInt(DefectClass::rgb)
                    .filter(rgb -> !used.contains(rgb))
                    .findFirst()
                    .orElseGet(() -> unused(used));
            used.add(color);
            defects.add(new DefectClass(name, color));
        }
        return new DefectColors(SCHEMA, defects);
    }

    private static int unused(Set<Integer> used) {
        return IntStream.concat(IntStream.of(OTHERS), IntStream.range(0x101010, WHITE))
                .filter(rgb -> !used.contains(rgb))
                .findFirst()
                .orElseThrow();
    }
}
