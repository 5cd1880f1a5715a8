package io.vedette.anomaly;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which defect each pixel of a photograph shows.
 *
 * @param classes names of the defects
 * @param labels height × width, rows from the top: 0 is background, k is {@code classes.get(k - 1)}
 */
public record DefectMask(int width, int height, List<String> classes, byte[] labels) {
    public DefectMask {
        classes = List.copyOf(classes);
        if (labels.length != width * height) throw new IllegalArgumentException(labels.length + " labels");
        for (byte label : labels)
            if (label < 0 || label > classes.size()) throw new IllegalArgumentException("there is no class " + label);
    }

    /** How many pixels of the mask are of the class at {@code index} in {@link #classes()}. */
    public int pixels(int index) {
        int count = 0;
        for (byte label : labels) if (label == index + 1) count++;
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DefectMask mask
                && mask.width == width
                && mask.height == height
                && mask.classes.equals(classes)
                && Arrays.equals(mask.labels, labels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, classes, Arrays.hashCode(labels));
    }
}
