package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Taps of many pictures in scratch files, one for each tap, float32: a picture that waits there loses nothing. */
public final class TapFiles implements AutoCloseable {
    private final List<Shape> shapes = new ArrayList<>();
    private final List<PatchFile> files = new ArrayList<>();

    /** @param taps of any picture: all are alike */
    public TapFiles(Path directory, NDList taps) {
        for (NDArray tap : taps) {
            Shape shape = tap.getShape();
            shapes.add(shape);
            int cells = Math.toIntExact(shape.get(2) * shape.get(3));
            files.add(new PatchFile(directory, cells, (int) shape.get(1), DataType.FLOAT32));
        }
    }

    /**
     * @param taps of a picture: each (1, channels, rows, columns) float32
     * @return the slot where they lie now
     */
    public int append(NDList taps) {
        int slot = -1;
        for (int t = 0; t < files.size(); t++) {
            try (NDArray rows = taps.get(t).transpose(0, 2, 3, 1);
                    NDArray cells = rows.reshape(-1, shapes.get(t).get(1))) {
                slot = files.get(t).append(cells);
            }
        }
        return slot;
    }

    /** @return what was appended there, channels-last in memory; owned by {@code owner} */
    public NDList read(NDManager owner, int slot) {
        NDList taps = new NDList();
        for (int t = 0; t < files.size(); t++) {
            Shape shape = shapes.get(t);
            try (NDArray kept = files.get(t).read(owner, slot);
                    NDArray rows = kept.reshape(1, shape.get(2), shape.get(3), shape.get(1))) {
                taps.add(rows.transpose(0, 3, 1, 2));
            }
        }
        return taps;
    }

    @Override
    public void close() {
        files.forEach(PatchFile::close);
    }
}
