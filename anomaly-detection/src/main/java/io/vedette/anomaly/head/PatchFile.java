package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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

/** Cells of many pictures in a scratch file, a slot for each picture: memory holds only those in use. For several
 * threads. */
public final class PatchFile implements AutoCloseable {
    /** What float16 holds, and a little less. */
    private static final int MOST = 60000;

    private final Path path;
    private final FileChannel file;
    private final int cells;
    private final int channels;
    private final DataType type;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private int slots;

    /**
     * Keeps values as float16.
     *
     * @param cells of every picture
     * @param channels of every cell
     */
    public PatchFile(Path directory, int cells, int channels) {
        this(directory, cells, channels, DataType.FLOAT16);
    }

    /** @param type float16 or float32, as the values are kept */
    PatchFile(Path directory, int cells, int channels, DataType type) {
        this.cells = cells;
        this.channels = channels;
        this.type = type;
        try {
            path = Files.createTempFile(directory, "patches-", ".tmp");
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
    public synchronized int append(NDArray picture) {
        try (NDArray clipped = picture.clip(-MOST, MOST);
                NDArray kept = clipped.toType(type, true)) {
            ByteBuffer bytes = kept.toByteBuffer();
            if (bytes.remaining() != size()) throw new IllegalArgumentException("a picture of another grid");
            long at = slots * size();
            while (bytes.hasRemaining()) at += file.write(bytes, at);
            return slots++;
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch file " + path + " cannot be written", e);
        }
    }

    /** @return (slots, cells, channels) float32; owned by {@code owner} */
    public synchronized NDArray read(NDManager owner, int... wanted) {
        try (NDArray kept = kept(owner, wanted)) {
            return kept.toType(DataType.FLOAT32, true);
        }
    }

    /** @param target (slots, cells, channels) float32, which is overwritten */
    synchronized void read(NDArray target, int... wanted) {
        try (NDArray kept = kept(target.getManager(), wanted)) {
            target.set(new NDIndex(":"), kept);
        }
    }

    /** @return an array over the buffer: to be closed before the next */
    private NDArray kept(NDManager owner, int... wanted) {
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
        return owner.create(buffer, new Shape(wanted.length, cells, channels), type);
    }

    private long size() {
        return (long) type.getNumOfBytes() * cells * channels;
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
