package io.vedette.anomaly;

import io.vedette.anomaly.calibration.Components;
import io.vedette.anomaly.head.KindMeans;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.Enlargement;
import java.util.Arrays;
import java.util.List;

/**
 * From the cells' probabilities to named defects on the photograph.
 *
 * @param kinds with the probability from which a pixel shows each
 * @param means null where the patch head tells the kinds apart itself
 */
record DefectFinder(List<Kind> kinds, KindMeans means) {
    private static final int SMALLEST = 20;

    /**
     * @param masks that it was learned from
     * @param pixelF1 on held-out training images at the threshold, over cells
     */
    record Kind(String name, double threshold, int masks, double pixelF1) {}

    List<String> names() {
        return kinds.stream().map(Kind::name).toList();
    }

    /** @return a mask without any defect */
    DefectMask none(Dimensions images) {
        return new DefectMask(images.width(), images.height(), names(), new byte[images.width() * images.height()]);
    }

    /**
     * @param probabilities of each kind, for each cell
     * @param grid of the cells
     */
    DefectMask find(float[][] probabilities, Dimensions grid, Dimensions images) {
        byte[] labels = new byte[images.width() * images.height()];
        float[] best = new float[images.width()];
        float[] row = new float[images.width()];
        Enlargement enlargement = new Enlargement(grid, images);
        for (int y = 0; y < images.height(); y++) {
            Arrays.fill(best, 0);
            for (int k = 0; k < kinds.size(); k++) {
                double threshold = kinds.get(k).threshold;
                // Most rows show nothing: none of the cells that they lie between is high enough.
                if (enlargement.bound(probabilities[k], y) < threshold) continue;
                enlargement.row(probabilities[k], y, row);
                for (int x = 0; x < best.length; x++) {
                    float over = (float) (row[x] / threshold);
                    if (over >= 1 && over > best[x]) {
                        best[x] = over;
                        labels[y * best.length + x] = (byte) (k + 1);
                    }
                }
            }
        }
        Components.dropSmaller(labels, images.width(), SMALLEST);
        return new DefectMask(images.width(), images.height(), names(), labels);
    }
}
