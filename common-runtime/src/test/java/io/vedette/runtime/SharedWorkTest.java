package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.ModelArn;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.TrainRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Two workers are idle, and two pieces of work come to one partition, which is the one's or the other's. */
@Timeout(120)
class SharedWorkTest {
    private static final int ROUNDS = Integer.getInteger("vedette.shared.rounds", 3);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private String prefix;
    private Topics topics;
    private EventCodec codec;
    private EventProducer producer;

    @BeforeEach
    void createTopics(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + ".";
        KafkaSettings kafka = TestBroker.settings(prefix);
        topics = new Topics(kafka);
        topics.ensure();
        codec = new EventCodec("test");
        producer = new EventProducer(kafka, topics, codec);
        open.add(producer);
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void whoIsIdleTakesWhatWaitsBehindTheOthersWork() throws Exception {
        // Given
        WorkQueue<TrainRequested> one = queue();
        WorkQueue<TrainRequested> other = queue();
        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            CompletableFuture<Run<TrainRequested>> first = CompletableFuture.supplyAsync(one::claim, threads);
            CompletableFuture<Run<TrainRequested>> second = CompletableFuture.supplyAsync(other::claim, threads);
            // at another moment between two heartbeats to the broker each time
            await().pollDelay(Duration.ofMillis(100 + 370 * round)).until(() -> one.isReady() && other.isReady());
            // When
            long asked = System.nanoTime();
            request();
            request();
            // Then: neither is done before both have begun
            Run<TrainRequested> runOne = first.get(20, TimeUnit.SECONDS);
            Run<TrainRequested> runOther = second.get(20, TimeUnit.SECONDS);
            millis.add((System.nanoTime() - asked) / 1_000_000);
            assertThat(runOne.id()).isNotEqualTo(runOther.id());
            runOne.finish();
            runOther.finish();
        }
        System.out.println("both have begun after so many ms: " + millis);
    }

    /** Its key alone decides where it lies. */
    private void request() {
        ModelArn arn = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/1");
        TrainRequested request = new TrainRequested(UUID.randomUUID(), arn, 1, "train.jsonl", "test.jsonl", null);
        producer.send(Topic.TRAINING_REQUESTED, arn.toString(), request);
    }

    private WorkQueue<TrainRequested> queue() {
        WorkQueue<TrainRequested> queue = new WorkQueues(
                        TestBroker.settings(prefix), new TestWorker(), topics, producer, codec)
                .open(Kind.TRAINING, Topic.TRAINING_REQUESTED, TrainRequested.class);
        open.add(queue);
        return queue;
    }
}
