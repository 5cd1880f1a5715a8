package io.vedette.anomaly;

import io.vedette.anomaly.head.CellMask;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.image.Pixels;
import io.vedette.anomaly.image.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Reads examples: each gives its picture and some variations of it, with its mask moved alike. */
final class Shots {
    private final LearnerSettings settings;
    private final List<Example> examples;
    private final Masks masks;
    private final int copies;
    private final Remarks remarks = new Remarks();
    private Dimensions images;

    Shots(LearnerSettings settings, List<Example> examples) {
        this.settings = settings;
        this.examples = examples;
        masks = new Masks(examples);
        copies = settings.copies();
    }

    /** @param variation null for the picture itself */
    record Shot(Pixels pixels, Variation variation, DefectMask mask) {
        /** @return null if no defect is known there */
        CellMask onGrid(Dimensions grid) {
            Dimensions size = new Dimensions(pixels.width(), pixels.height());
            return mask == null ? null : Masks.onGrid(mask, size, variation, grid);
        }
    }

    /** Of every example. */
    int copies() {
        return copies;
    }

    /** The size of the photographs, once one was read. */
    Dimensions images() {
        return images;
    }

    List<String> kinds() {
        return masks.kinds();
    }

    Remarks remarks() {
        return remarks;
    }

    /**
     * @param varied whether variations are wanted too
     * @return the picture, then its variations, which the seed and the example's place decide
     */
    List<Shot> of(int index, boolean varied) {
        Example example = examples.get(index);
        ImageFile file = Pictures.open(example.photograph());
        if (images == null) images = file.dimensions();
        String others = examples.get(0).photograph().name() + " is";
        Pixels pixels = Pictures.decode(file, settings.imageSide(), images, others);
        remarks.note(example, file.sha256(), pixels);
        DefectMask mask = mask(example);
        List<Shot> shots = new ArrayList<>(List.of(new Shot(pixels, null, mask)));
        SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + index);
        for (int copy = 0; varied && copy < copies; copy++) {
            Variation variation = Variation.drawn(random);
            shots.add(new Shot(variation.of(pixels), variation, mask));
        }
        return shots;
    }

    /** Masks of normal pictures are placeholders as a rule: whatever they are, nothing is learned from them. */
    private DefectMask mask(Example example) {
        if (!example.anomalous() || example.mask().isEmpty()) return null;
        DefectMask mask = masks.read(example.mask().get(), images);
        remarks.note(example, mask);
        return mask;
    }
}
