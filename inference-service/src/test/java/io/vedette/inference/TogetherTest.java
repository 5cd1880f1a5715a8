package io.vedette.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.anomaly.TrainedModel.Asked;
import io.vedette.anomaly.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thresholds stand for the photographs: each caller must get the verdict of its own. */
class TogetherTest {
    private final Together together = new Together();
    private final Semaphore lane = new Semaphore(1, true);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<Integer> passes = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void whatCameMeanwhileGoesThroughTogetherAndEachGetsItsOwn() {
        List<CompletableFuture<Optional<Verdict>>> calls = whileTheLaneIsTaken(10, 4, this::judged);
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join().orElseThrow().threshold()).isEqualTo(i);
        }
        assertThat(passes).containsExactly(4, 4, 2);
    }

    @Test
    void onePassForEachWhereTheyMustNotMix() {
        whileTheLaneIsTaken(5, 1, this::judged).forEach(CompletableFuture::join);
        assertThat(passes).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void nobodyGetsAVerdictOfAModelThatWasClosed() {
        assertThat(whileTheLaneIsTaken(3, 4, batch -> Optional.empty()))
                .allSatisfy(call -> assertThat(call.join()).isEmpty());
    }

    @Test
    void aPassThatFailsFailsForAllOfIt() {
        Function<List<Asked>, Optional<List<Verdict>>> broken = batch -> {
            throw new IllegalStateException("no memory");
        };
        assertThat(whileTheLaneIsTaken(3, 4, broken))
                .allSatisfy(call -> assertThatThrownBy(call::join).hasMessageContaining("no memory"));
        assertThat(lane.availablePermits()).isEqualTo(1);
    }

    private List<CompletableFuture<Optional<Verdict>>> whileTheLaneIsTaken(
            int count, int most, Function<List<Asked>, Optional<List<Verdict>>> pass) {
        lane.acquireUninterruptibly();
        List<CompletableFuture<Optional<Verdict>>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Asked asked = new Asked(null, i);
            calls.add(CompletableFuture.supplyAsync(() -> together.inspect(asked, lane, most, pass), callers));
            int waiting = i + 1;
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lane.getQueueLength() == waiting);
        }
        lane.release();
        return calls;
    }

    private Optional<List<Verdict>> judged(List<Asked> batch) {
        passes.add(batch.size());
        return Optional.of(batch.stream()
                .map(asked -> new Verdict(false, 1, 0, asked.threshold()))
                .toList());
    }
}
