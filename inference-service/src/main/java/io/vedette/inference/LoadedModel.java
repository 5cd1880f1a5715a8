package io.vedette.inference;

import io.vedette.anomaly.TrainedModel;
import io.vedette.common.dataset.DefectClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A model in memory, used by one thread at a time. */
final class LoadedModel implements AutoCloseable {
    private final TrainedModel model;
    private final List<DefectClass> colors;
    private final long bytes;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Together together = new Together();
    private volatile long askedAt = System.nanoTime();
    private boolean closed;

    /** @param bytes about what it takes of the memory */
    LoadedModel(TrainedModel model, List<DefectClass> colors, long bytes) {
        this.model = model;
        this.colors = colors;
        this.bytes = bytes;
    }

    /** Of the model's defects, in its order. */
    List<DefectClass> colors() {
        return colors;
    }

    long bytes() {
        return bytes;
    }

    /** The photographs that wait for it. */
    Together together() {
        return together;
    }

    /** For what needs no turn; it may be closed at any moment. */
    TrainedModel model() {
        return model;
    }

    /** Somebody wants it. */
    void asked() {
        askedAt = System.nanoTime();
    }

    boolean idleFor(Duration time) {
        return !turn.isLocked() && System.nanoTime() - askedAt > time.toNanos();
    }

    /** Waits for its turn. Empty if the model was closed before that came: then it has to be loaded again. */
    <T> Optional<T> use(Function<TrainedModel, T> work) {
        turn.lock();
        try {
            return closed ? Optional.empty() : Optional.of(work.apply(model));
        } finally {
            asked();
            turn.unlock();
        }
    }

    /** Gives the memory back as soon as nobody uses the model. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
