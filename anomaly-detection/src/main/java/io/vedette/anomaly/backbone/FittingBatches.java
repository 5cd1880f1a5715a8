package io.vedette.anomaly.backbone;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** Work in batches as large as memory allows: when one does not fit, half as many are tried, then and from then on. */
final class FittingBatches {
    private final Runnable freeing;
    private int most;

    /**
     * @param most things in a batch
     * @param freeing what may help after memory ran out
     */
    FittingBatches(int most, Runnable freeing) {
        this.most = most;
        this.freeing = freeing;
    }

    int most() {
        return most;
    }

    /**
     * @param work on consecutive things; repeated on fewer if memory runs out
     * @param use told each result and where its things begin
     * @throws IllegalStateException if there is not enough memory for a single thing
     */
    <T, R> void run(List<T> things, Function<List<T>, R> work, ObjIntConsumer<R> use) {
        for (int from = 0; from < things.size(); ) {
            List<T> batch = things.subList(from, Math.min(things.size(), from + most));
            R result;
            try {
                result = work.apply(batch);
            } catch (EngineException e) {
                if (!isOutOfMemory(e)) throw e;
                if (batch.size() == 1)
                    throw new IllegalStateException(
                            "the device's memory does not hold a single picture; take a smaller vedette.image-side"
                                    + " or vedette.device=cpu",
                            e);
                most = batch.size() / 2;
                freeing.run();
                continue;
            }
            use.accept(result, from);
            from += batch.size();
        }
    }

    /** The words of PyTorch's allocators: "CUDA out of memory. …", "DefaultCPUAllocator: can't allocate memory: …". */
    private static boolean isOutOfMemory(EngineException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("out of memory") || message.contains("can't allocate memory");
    }
}
