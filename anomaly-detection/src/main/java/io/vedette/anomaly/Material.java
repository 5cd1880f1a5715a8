package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.head.CellMask;
import io.vedette.anomaly.head.PatchFile;
import io.vedette.anomaly.head.Projection;
import io.vedette.anomaly.image.Dimensions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is left of the examples once the network has seen them.
 *
 * @param pooled 3C float32 of each example
 * @param anomalous label of each example
 * @param views of each example: the picture itself, then its variations; none if its cells were not kept
 * @param kinds of defects
 * @param images size of the photographs
 * @param grid of the cells
 * @param remarks about the data set, for its owner
 */
record Material(
        List<float[]> pooled,
        boolean[] anomalous,
        List<List<View>> views,
        List<String> kinds,
        Dimensions images,
        Dimensions grid,
        Projection projection,
        PatchFile patches,
        List<String> remarks)
        implements AutoCloseable {
    /**
     * A picture whose cells are in the file.
     *
     * @param mask null if it is not known where the defects are
     */
    record View(int slot, CellMask mask) {}

    int anomalies() {
        return (int)
                IntStream.range(0, anomalous.length).filter(i -> anomalous[i]).count();
    }

    int masked() {
        return (int) views.stream()
                .filter(of -> !of.isEmpty() && of.get(0).mask() != null)
                .count();
    }

    /** Indices of the examples whose cells were kept, in order. */
    int[] withCells() {
        return IntStream.range(0, anomalous.length)
                .filter(i -> !views.get(i).isEmpty())
                .toArray();
    }

    /** The slots of all views of these examples. */
    int[] slots(int[] examples) {
        return Arrays.stream(examples)
                .flatMap(i -> views.get(i).stream().mapToInt(View::slot))
                .toArray();
    }

    List<float[]> pooled(int[] examples) {
        return Arrays.stream(examples).mapToObj(pooled::get).toList();
    }

    boolean[] anomalous(int[] examples) {
        boolean[] labels = new boolean[examples.length];
        for (int i = 0; i < labels.length; i++) labels[i] = anomalous[examples[i]];
        return labels;
    }

    /** @return (cells, d) whitened; the caller closes it */
    NDArray read(NDManager owner, View view) {
        try (NDArray one = patches.read(owner, view.slot())) {
            return one.squeeze(0);
        }
    }

    @Override
    public void close() {
        patches.close();
    }
}
