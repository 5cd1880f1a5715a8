package io.vedette.evaluator;

import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.DefectMask;
import io.vedette.anomaly.Drawings;
import io.vedette.anomaly.Example;
import io.vedette.anomaly.HeatMap;
import io.vedette.anomaly.MaskSource;
import io.vedette.anomaly.Photograph;
import io.vedette.anomaly.PixelScores;
import io.vedette.anomaly.Verdict;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.VedetteEvaluation.Cell;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.dataset.Label;
import io.vedette.runtime.UsersMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Scores test images one by one, keeping of each only what the report needs. */
final class Scoring {
    private final Function<Photograph, Verdict> model;
    private final List<DefectClass> colors;
    private final Function<S3Uri, byte[]> reads;
    private final BiConsumer<String, byte[]> masks;
    private final PixelScores pixels;
    private final List<Scored> scored = new ArrayList<>();

    /**
     * @param colors of the model's defects, in its order; none for a classification model
     * @param reads what an address holds
     * @param masks takes each drawn mask's name and PNG
     */
    Scoring(
            Function<Photograph, Verdict> model,
            List<DefectClass> colors,
            Function<S3Uri, byte[]> reads,
            BiConsumer<String, byte[]> masks) {
        this.model = model;
        this.colors = colors;
        this.reads = reads;
        this.masks = masks;
        this.pixels = new PixelScores(colors.stream().map(DefectClass::name).toList());
    }

    /** @throws UsersMistake naming the image or the mask that cannot be used */
    void add(DatasetEntry entry) {
        Loaded photograph = new Loaded(entry.sourceRef(), reads.apply(entry.sourceRef()));
        try {
            Verdict verdict = model.apply(photograph);
            if (!colors.isEmpty()) {
                Dimensions size =
                        ImageFile.of(photograph.name(), photograph.bytes).dimensions();
                pixels.add(verdict, truth(entry, photograph), size);
            }
            scored.add(new Scored(
                    entry,
                    new Verdict(verdict.anomalous(), verdict.confidence(), verdict.score(), verdict.threshold()),
                    hottest(verdict.heat()),
                    drawn(verdict)));
        } catch (BadImage bad) {
            throw new UsersMistake(bad.getMessage(), bad);
        }
    }

    /** In the order in which they were added. */
    List<Scored> scored() {
        return scored;
    }

    /** Of a segmentation model; nothing was added to it for another. */
    PixelScores pixels() {
        return pixels;
    }

    private Example truth(DatasetEntry entry, Photograph photograph) {
        boolean anomalous = entry.label().orElseThrow() == Label.ANOMALY;
        Optional<MaskSource> mask = entry.maskRef().filter(ref -> anomalous).map(ref -> TrueMask.of(entry, ref, reads));
        return new Example(photograph, anomalous, mask);
    }

    private Optional<Scored.DrawnMask> drawn(Verdict verdict) {
        return verdict.defects().filter(mask -> !colors.isEmpty()).map(mask -> {
            String name = String.format(Locale.ROOT, "%05d.png", scored.size());
            int[] rgb = colors.stream().mapToInt(DefectClass::rgb).toArray();
            masks.accept(name, Drawings.mask(mask, rgb));
            return new Scored.DrawnMask(name, found(mask));
        });
    }

    private List<DefectClass> found(DefectMask mask) {
        return colors.stream()
                .filter(color -> mask.pixels(colors.indexOf(color)) > 0)
                .toList();
    }

    private static Optional<Cell> hottest(HeatMap heat) {
        if (heat.isEmpty()) {
            return Optional.empty();
        }
        int hottest = 0;
        for (int i = 1; i < heat.values().length; i++) {
            hottest = heat.values()[i] > heat.values()[hottest] ? i : hottest;
        }
        double x = (hottest % heat.width() + 0.5) / heat.width();
        double y = (hottest / heat.width() + 0.5) / heat.height();
        return Optional.of(new Cell(x, y, heat.values()[hottest]));
    }

    /** A photograph that is in memory already: it is read once. */
    private record Loaded(S3Uri image, byte[] bytes) implements Photograph {
        @Override
        public String name() {
            return image.toString();
        }

        @Override
        public byte[] read() {
            return bytes;
        }
    }
}
