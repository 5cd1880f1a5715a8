package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what a step of training sees: normal pictures, normal ones with an invented defect, and anomalies. */
final class PatchBatches {
    static final int EACH = 6;
    static final int PICTURES = 3 * EACH;
    private static final double NOISE = 0.8;

    private final PatchTraining.Task task;
    private final SplittableRandom random;
    private final Deck normals;
    private final Deck anomalies;
    private final NDArray pictures;
    private final ByteBuffer noise;

    /** @param held what the pictures of all batches lie in, one batch over the other */
    PatchBatches(PatchTraining.Task task, NDManager held, SplittableRandom random) {
        this.task = task;
        this.random = random;
        int values = task.file().cells() * task.file().channels();
        pictures =
                held.zeros(new Shape(PICTURES, task.file().cells(), task.file().channels()));
        noise = ByteBuffer.allocateDirect(EACH * values * Float.BYTES).order(ByteOrder.nativeOrder());
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

    /** @return a batch that is good until the next; owned by {@code scope} */
    Batch next(NDManager scope) {
        List<PatchTraining.Sample> drawn = new ArrayList<>();
        for (int i = 0; i < 2 * EACH; i++) drawn.add(normals.draw());
        for (int i = 0; i < EACH; i++) drawn.add(anomalies.draw());
        int places = task.file().cells();
        int[] slots = drawn.stream().mapToInt(PatchTraining.Sample::slot).toArray();
        task.file().read(pictures, slots);
        NDArray cells = pictures.reshape(-1, task.file().channels());
        cells.attach(scope);
        float[][] invented = new float[EACH][];
        for (int i = 0; i < EACH; i++) invented[i] = invent(i);
        try (NDArray added = scope.create(
                        noise, new Shape((long) EACH * places, task.file().channels()), DataType.FLOAT32);
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

    /** Draws the noise of a picture. @return of each cell 1 inside the spots, 0 outside */
    private float[] invent(int picture) {
        boolean[] spots = Perlin.spots(task.height(), task.width(), random);
        float[] inside = new float[spots.length];
        float[] cell = new float[task.file().channels()];
        FloatBuffer all = noise.asFloatBuffer();
        for (int p = 0; p < spots.length; p++) {
            Arrays.fill(cell, 0);
            if (spots[p]) {
                inside[p] = 1;
                for (int c = 0; c < cell.length; c++) cell[c] = (float) (NOISE * random.nextGaussian());
            }
            all.put((picture * spots.length + p) * cell.length, cell);
        }
        return inside;
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
