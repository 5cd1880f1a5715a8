package io.vedette.inference;

import io.vedette.anomaly.DefectMask;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.inference.Detected.Box;
import io.vedette.common.inference.Detected.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Connected regions of one defect: pixels that touch, at corners too. */
final class Instances {
    private final DefectMask mask;
    private final boolean[] seen;
    private int[] open = new int[256];
    private int opened;

    private Instances(DefectMask mask) {
        this.mask = mask;
        this.seen = new boolean[mask.labels().length];
    }

    /** The largest first. @param colors of the mask's classes, in their order */
    static List<Instance> of(DefectMask mask, List<DefectClass> colors) {
        Instances search = new Instances(mask);
        List<Instance> found = new ArrayList<>();
        for (int i = 0; i < mask.labels().length; i++) {
            if (mask.labels()[i] != 0 && !search.seen[i]) {
                found.add(search.region(i, colors.get(mask.labels()[i] - 1)));
            }
        }
        found.sort(Comparator.comparingDouble(Instance::area).reversed());
        return found;
    }

    private Instance region(int first, DefectClass defect) {
        int left = mask.width();
        int right = 0;
        int top = mask.height();
        int bottom = 0;
        int pixels = 0;
        push(first);
        while (opened > 0) {
            int at = open[--opened];
            int x = at % mask.width();
            int y = at / mask.width();
            left = Math.min(left, x);
            right = Math.max(right, x + 1);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y + 1);
            pixels++;
            pushNeighbours(x, y, mask.labels()[at]);
        }
        double width = mask.width();
        double height = mask.height();
        Box box = new Box(left / width, top / height, (right - left) / width, (bottom - top) / height);
        return new Instance(defect.name(), defect.color(), box, pixels / (width * height));
    }

    private void pushNeighbours(int x, int y, byte label) {
        for (int ny = Math.max(0, y - 1); ny <= Math.min(mask.height() - 1, y + 1); ny++) {
            for (int nx = Math.max(0, x - 1); nx <= Math.min(mask.width() - 1, x + 1); nx++) {
                int next = ny * mask.width() + nx;
                if (!seen[next] && mask.labels()[next] == label) {
                    push(next);
                }
            }
        }
    }

    private void push(int at) {
        seen[at] = true;
        if (opened == open.length) {
            open = java.util.Arrays.copyOf(open, 2 * open.length);
        }
        open[opened++] = at;
    }
}
