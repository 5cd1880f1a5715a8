package io.vedette.anomaly;

import io.vedette.anomaly.head.CellMask;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.MaskImage;
import io.vedette.anomaly.image.UnusableImage;
import io.vedette.anomaly.image.Variation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads the masks of a data set: its kinds of defects are those that any mask of an anomaly lists. */
final class Masks {
    private final List<String> kinds;

    /** @throws IllegalArgumentException if there are more kinds than labels */
    Masks(List<Example> examples) {
        TreeSet<String> names = new TreeSet<>();
        for (Example example : examples)
            if (example.anomalous())
                example.mask()
                        .ifPresent(mask -> mask.classes().stream()
                                .filter(c -> !c.isBackground())
                                .forEach(c -> names.add(c.name())));
        kinds = List.copyOf(names);
        if (kinds.size() > Byte.MAX_VALUE)
            throw new IllegalArgumentException("there are " + kinds.size() + " kinds of defects, more than 127");
    }

    /** Names, in the order of the labels. */
    List<String> kinds() {
        return kinds;
    }

    /**
     * @param size of the photograph
     * @throws BadImage if the mask is unusable, with a message that names it
     */
    DefectMask read(MaskSource source, Dimensions size) {
        Map<Integer, Byte> colours = new HashMap<>();
        for (MaskSource.MaskClass listed : source.classes())
            colours.put(listed.rgb(), listed.isBackground() ? 0 : (byte) (1 + kinds.indexOf(listed.name())));
        try {
            byte[] labels = MaskImage.labels(source.name(), source.read(), size, colours);
            return new DefectMask(size.width(), size.height(), kinds, labels);
        } catch (UnusableImage e) {
            throw new BadImage(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source.name(), e);
        }
    }

    /**
     * @param fitted the size of the picture that the network sees
     * @param variation of that picture, or null
     * @param grid of its cells
     * @return null if the mask shows no defect there
     */
    static CellMask onGrid(DefectMask mask, Dimensions fitted, Variation variation, Dimensions grid) {
        List<Integer> present = new ArrayList<>();
        List<float[]> covers = new ArrayList<>();
        Dimensions size = new Dimensions(mask.width(), mask.height());
        for (int kind = 0; kind < mask.classes().size(); kind++) {
            if (mask.pixels(kind) == 0) continue;
            float[] plane = MaskImage.cover(mask.labels(), size, (byte) (kind + 1), fitted);
            if (variation != null) plane = variation.of(plane, fitted.width(), fitted.height());
            present.add(kind);
            covers.add(MaskImage.resized(plane, fitted, grid));
        }
        if (present.isEmpty()) return null;
        return new CellMask(grid.width(), present.stream().mapToInt(k -> k).toArray(), covers.toArray(float[][]::new));
    }
}
