package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.PixelThreshold;
import io.vedette.anomaly.head.CellMask;
import io.vedette.anomaly.head.KindMeans;
import io.vedette.anomaly.head.KindOdds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Learns to tell kinds of defects apart, and from which probability on to show each. */
final class KindLearning {
    private static final int FEW = 5;

    private final Material material;
    private final NDManager device;
    private final int[] masks;
    private final boolean few;
    private final List<PixelThreshold> thresholds = new ArrayList<>();
    private KindMeans means;

    KindLearning(Material material, NDManager device) {
        this.device = device;
        this.material = material;
        masks = new int[material.kinds().size()];
        for (List<Material.View> views : material.views())
            if (!views.isEmpty() && views.get(0).mask() != null)
                for (int kind : views.get(0).mask().kinds()) masks[kind]++;
        few = masks.length > 1 && Arrays.stream(masks).anyMatch(count -> count < FEW);
        for (int kind = 0; kind < masks.length; kind++) thresholds.add(new PixelThreshold());
    }

    /** How many outputs of the patch head tell kinds apart. */
    int count() {
        return few || masks.length == 1 ? 0 : masks.length;
    }

    /** Learns from these examples what the patch head does not learn itself. */
    void learn(int[] examples) {
        if (!few) return;
        KindMeans.Fit fit = new KindMeans.Fit(masks.length, material.patches().channels());
        for (int i : examples) {
            for (Material.View view : material.views().get(i)) {
                if (view.mask() == null) continue;
                try (NDArray cells = material.read(device, view)) {
                    fit.add(cells.toFloatArray(), view.mask());
                }
            }
        }
        means = fit.done();
    }

    /** Notes what a picture got from parts that have not seen it. */
    void heldOut(float[][] outputs, NDArray cells, CellMask mask) {
        float[][] probabilities = probabilities(outputs, cells, means, masks.length);
        for (int kind = 0; kind < masks.length; kind++) {
            int at = Arrays.binarySearch(mask.kinds(), kind);
            thresholds.get(kind).add(probabilities[kind], at < 0 ? null : mask.covers()[at]);
        }
    }

    /**
     * @param outputs of the patch head
     * @param means null if the outputs tell the kinds apart
     * @return of each kind and cell
     */
    static float[][] probabilities(float[][] outputs, NDArray cells, KindMeans means, int kinds) {
        float[][] logits = means != null
                ? means.logits(cells.toFloatArray())
                : kinds == 1 ? new float[1][outputs[0].length] : Arrays.copyOfRange(outputs, 1, outputs.length);
        return KindOdds.probabilities(outputs[0], logits);
    }

    /** @return null if there are no masks */
    DefectFinder finder() {
        if (Arrays.stream(masks).sum() == 0) return null;
        List<DefectFinder.Kind> kinds = new ArrayList<>();
        for (int kind = 0; kind < masks.length; kind++) {
            PixelThreshold.Best best = thresholds.get(kind).best();
            kinds.add(new DefectFinder.Kind(material.kinds().get(kind), best.threshold(), masks[kind], best.f1()));
        }
        return new DefectFinder(kinds, means);
    }
}
