package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what a step of training sees: normal pictures, normal ones with an invented defect, and anomalies. */
final class PatchBatches {
    static final int EACH = 6;
    private static final double NOISE = 0.8;

    private final PatchTraining.Task task;
    private final SplittableRandom random;
    private final Deck normals;
    private final Deck anomalies;

    PatchBatches(PatchTraining.Task task, SplittableRandom random) {
        this.task = task;
        this.random = random;
        normals = new Deck(task.samples().stream().filter(s -> !s.anomalous()).toList());
        anomalies = new Deck(
                task.samples().stream().filter(PatchTraining.Sample::anomalous).toList());
    }

    /**
     * @param cells (3 · EACH · places, d): normal pictures, invented defects, anomalies
     * @param invented of each of EACH pictures and of its cells: 1 inside the defect, 0 outside
     * @param known the same of the anomalies, NaN where nobody says
     * @param kinds of each of the anomalies' cells: the kind of defect, or −1
     */
    record Batch(NDArray cells, int places, float[][] invented, float[][] known, int[][] kinds) {}

    /** @return a batch that {@code scope} owns */
    Batch next(NDManager scope) {
        List<PatchTraining.Sample> drawn = new ArrayList<>();
        for (int i = 0; i < 2 * EACH; i++) drawn.add(normals.draw());
        for (int i = 0; i < EACH; i++) drawn.add(anomalies.draw());
        int places = task.file().cells();
        int d = task.file().channels();
        int[] slots = drawn.stream().mapToInt(PatchTraining.Sample::slot).toArray();
        NDArray cells = task.file().read(scope, slots).reshape(-1, d);
        float[][] invented = new float[EACH][places];
        float[] noise = new float[EACH * places * d];
        for (int i = 0; i < EACH; i++) {
            boolean[] spots = Perlin.spots(task.height(), task.width(), random);
            for (int p = 0; p < places; p++) {
                if (!spots[p]) continue;
                invented[i][p] = 1;
                int at = (i * places + p) * d;
                for (int c = 0; c < d; c++) noise[at + c] = (float) (NOISE * random.nextGaussian());
            }
        }
        try (NDArray added = scope.create(noise, new Shape((long) EACH * places, d));
                NDArray second = cells.get(new NDIndex(EACH * places + ":" + 2 * EACH * places))) {
            second.addi(added); // a view
        }
        float[][] known = new float[EACH][];
        int[][] kinds = new int[EACH][];
        for (int i = 0; i < EACH; i++) {
            CellMask mask = drawn.get(2 * EACH + i).mask();
            known[i] = mask == null ? null : mask.targets();
            kinds[i] = mask == null ? null : mask.kindsOfDefects();
        }
        return new Batch(cells, places, invented, known, kinds);
    }

    /** Samples in a new random order each time that all have been drawn. */
    private final class Deck {
        private final PatchTraining.Sample[] samples;
        private int left;

        Deck(List<PatchTraining.Sample> samples) {
            this.samples = samples.toArray(PatchTraining.Sample[]::new);
        }

        PatchTraining.Sample draw() {
            if (left == 0) left = samples.length;
            int at = random.nextInt(left--);
            PatchTraining.Sample drawn = samples[at];
            samples[at] = samples[left];
            samples[left] = drawn;
            return drawn;
        }
    }
}
