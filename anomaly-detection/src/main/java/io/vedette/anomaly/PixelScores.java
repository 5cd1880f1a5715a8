package io.vedette.anomaly;

import io.vedette.anomaly.MaskSource.MaskClass;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.MaskImage;
import io.vedette.anomaly.image.UnusableImage;
import io.vedette.anomaly.metric.HeatMetrics;
import io.vedette.anomaly.metric.LabelMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well heat maps and drawn defects match masks, added up photograph by photograph: nothing of a photograph is kept. Not
 * for use by two threads at once.
 */
public final class PixelScores {
    private final List<String> defects;
    private final HeatMetrics heat = new HeatMetrics();
    private final LabelMetrics.Sum labels;
    private int images;
    private int heated;

    /** @param defects the model's */
    public PixelScores(List<String> defects) {
        this.defects = List.copyOf(defects);
        this.labels = new LabelMetrics.Sum(defects);
    }

    /**
     * Counts a normal photograph, or an anomaly with a mask; of an anomaly without, nobody knows which pixels are right.
     * Defects that the model has no name for count for the heat only.
     *
     * @param verdict of the model whose defects these are
     * @param size of the photograph
     * @throws BadImage if the mask cannot be used
     * @throws UncheckedIOException if it could not be read
     */
    public void add(Verdict verdict, Example truth, Dimensions size) {
        if (truth.anomalous() && truth.mask().isEmpty()) return;
        byte[] actual =
                truth.anomalous() ? labels(truth.mask().orElseThrow(), size) : new byte[size.width() * size.height()];
        images++;
        if (!verdict.heat().isEmpty()) {
            boolean[] defective = new boolean[actual.length];
            for (int i = 0; i < actual.length; i++) defective[i] = actual[i] != 0;
            heat.add(verdict.heat().resized(size.width(), size.height()), defective, size.width());
            heated++;
        }
        if (verdict.defects().isPresent()) {
            for (int i = 0; i < actual.length; i++) if (actual[i] > defects.size()) actual[i] = 0;
            labels.add(actual, verdict.defects().get().labels());
        }
    }

    /** Of the model's defects 1, 2, …; one more for those that it does not know. */
    private byte[] labels(MaskSource mask, Dimensions size) {
        Map<Integer, Byte> colours = new HashMap<>();
        for (MaskClass known : mask.classes()) {
            int index = defects.indexOf(known.name());
            int label = known.isBackground() ? 0 : index < 0 ? defects.size() + 1 : index + 1;
            colours.put(known.rgb(), (byte) label);
        }
        try {
            return MaskImage.labels(mask.name(), mask.read(), size, colours);
        } catch (UnusableImage e) {
            throw new BadImage(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + mask.name(), e);
        }
    }

    /** Photographs that were counted. */
    public int images() {
        return images;
    }

    /** Of the heat; empty if no photograph with heat was counted, or none with a defect. */
    public Optional<HeatMetrics> heat() {
        return heated > 0 && heat.regions() > 0 ? Optional.of(heat) : Optional.empty();
    }

    /** Of the model's defects that a mask shows; the others cannot be measured. */
    public List<LabelMetrics> labels() {
        return labels.metrics().stream().filter(label -> label.images() > 0).toList();
    }
}
