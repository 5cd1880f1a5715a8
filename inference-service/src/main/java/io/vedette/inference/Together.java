package io.vedette.inference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vedette.anomaly.TrainedModel.Asked;
import io.vedette.anomaly.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The photographs that wait for one model. Whoever gets the lane takes along what has come while it was taken, so on a GPU
 * photographs that come at once go through the network in one pass, and one that comes alone waits for nobody.
 */
final class Together {
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    /** What goes through a network in one pass. */
    @ConfigMapping(prefix = "vedette.inference")
    interface Settings {
        /** Photographs of one pass at most on a GPU; on a CPU each has a pass of its own. */
        @WithDefault("8")
        int together();
    }

    private record Waiting(Asked asked, CompletableFuture<Optional<Verdict>> verdict) {}

    /**
     * @param most photographs of one pass
     * @param pass gives each its verdict, in their order, or nothing if the model was closed meanwhile
     * @return empty if the model was closed
     */
    Optional<Verdict> inspect(
            Asked asked, Semaphore lane, int most, Function<List<Asked>, Optional<List<Verdict>>> pass) {
        Waiting mine = new Waiting(asked, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(mine);
        }
        lane.acquireUninterruptibly();
        try {
            // Where there are several lanes, another one may have taken mine along, and is at it.
            boolean takenAlong = false;
            while (!mine.verdict.isDone() && !takenAlong) {
                List<Waiting> next = next(most);
                takenAlong = next.isEmpty();
                perform(next, pass);
            }
        } finally {
            lane.release();
        }
        try {
            return mine.verdict.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private List<Waiting> next(int most) {
        List<Waiting> next = new ArrayList<>();
        synchronized (waiting) {
            while (next.size() < most && !waiting.isEmpty()) {
                next.add(waiting.remove());
            }
        }
        return next;
    }

    private static void perform(List<Waiting> batch, Function<List<Asked>, Optional<List<Verdict>>> pass) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Optional<List<Verdict>> verdicts =
                    pass.apply(batch.stream().map(Waiting::asked).toList());
            for (int i = 0; i < batch.size(); i++) {
                int at = i;
                batch.get(i).verdict.complete(verdicts.map(all -> all.get(at)));
            }
        } catch (RuntimeException | Error failure) {
            batch.forEach(one -> one.verdict.completeExceptionally(failure));
        }
    }
}
