package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Cells of many pictures in a scratch file, float16, a slot for each picture: memory holds only those in use. */
public final class PatchFile implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final int cells;
    private final int channels;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private int slots;

    /**
     * @param cells of every picture
     * @param channels of every cell
     */
    public PatchFile(Path directory, int cells, int channels) {
        this.cells = cells;
        this.channels = channels;
        try {
            path = Files.createTempFile(directory, "patches-", ".f16");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch file can be made in " + directory, e);
        }
    }

    public int cells() {
        return cells;
    }

    public int channels() {
        return channels;
    }

    /**
     * @param picture (cells, channels) float32
     * @return the slot where it lies now
     */
    public int append(NDArray picture) {
        try (NDArray clipped = picture.clip(-60000, 60000);
                NDArray half = clipped.toType(DataType.FLOAT16, false)) {
            ByteBuffer bytes = half.toByteBuffer();
            if (bytes.remaining() != size()) throw new IllegalArgumentException("a picture of another grid");
            long at = slots * size();
            while (bytes.hasRemaining()) at += file.write(bytes, at);
            return slots++;
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch file " + path + " cannot be written", e);
        }
    }

    /** @return (slots, cells, channels) float32; owned by {@code owner} */
    public NDArray read(NDManager owner, int... wanted) {
        int size = Math.toIntExact(wanted.length * size());
        if (buffer.capacity() < size) buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        buffer.clear();
        try {
            for (int i = 0; i < wanted.length; i++) {
                buffer.limit(Math.toIntExact((i + 1) * size()));
                long at = wanted[i] * size();
                while (buffer.hasRemaining()) {
                    int read = file.read(buffer, at);
                    if (read < 0) throw new IOException("there is no slot " + wanted[i]);
                    at += read;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch file " + path + " cannot be read", e);
        }
        buffer.flip();
        try (NDArray half = owner.create(buffer, new Shape(wanted.length, cells, channels), DataType.FLOAT16)) {
            return half.toType(DataType.FLOAT32, true);
        }
    }

    private long size() {
        return 2L * cells * channels;
    }

    @Override
    public void close() {
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch file " + path + " cannot be deleted", e);
        }
    }
}
