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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A worker that is there for one piece of work, as a Kubernetes Job is. */
@Timeout(60)
class OneWorkTest {
    private final List<String> seen = new ArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private Topics topics;
    private EventCodec codec;
    private EventProducer producer;
    private WorkQueue<TrainRequested> queue;
    private WorkLoop<TrainRequested> loop;

    @BeforeEach
    void open(TestInfo test) {
        String prefix = test.getTestMethod().orElseThrow().getName() + ".";
        KafkaSettings kafka = TestBroker.settings(prefix);
        topics = new Topics(kafka);
        codec = new EventCodec("test");
        producer = new EventProducer(kafka, topics, codec);
        queue = new WorkQueues(kafka, new TestWorker(), topics, producer, codec)
                .open(Kind.TRAINING, Topic.TRAINING_REQUESTED, TrainRequested.class);
    }

    @AfterEach
    void close() {
        loop.stop(Duration.ofSeconds(5));
        producer.close();
    }

    @Test
    void aWorkerForOnePieceIsReadyFromItsCommitOnAndLeavesAfterIt() throws InterruptedException {
        // Given
        loop = new WorkLoop<>(new Once(Optional.empty()));
        loop.start();
        await().until(queue::isReady);
        assertThat(loop.isReady()).as("a member of its group, with no work yet").isFalse();
        // When
        request(1);
        request(2);
        left.await();
        // Then
        assertThat(seen)
                .as("what the worker saw of itself in the middle of its work")
                .containsExactly("ready, 1 taken");
        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void aWorkerForOnePieceLeavesWhenThereIsNoneAndSaysHowFarItsGroupIs() throws InterruptedException {
        loop = new WorkLoop<>(new Once(Optional.of(Duration.ofSeconds(2))));
        loop.start();
        left.await();
        assertThat(seen).isEmpty();
        assertThat(new WorkTopics(topics)
                        .spans(Topic.TRAINING_REQUESTED, WorkQueues.group(Kind.TRAINING))
                        .values())
                .allSatisfy(span -> assertThat(span.committed()).contains(0L));
    }

    private void request(int version) {
        ModelArn arn = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/" + version);
        producer.send(
                Topic.TRAINING_REQUESTED,
                arn.toString(),
                new TrainRequested(UUID.randomUUID(), arn, 1, "train.jsonl", "test.jsonl", null));
    }

    /** How many requests the group will never be given again. */
    private long taken() {
        return new WorkTopics(topics)
                .spans(Topic.TRAINING_REQUESTED, WorkQueues.group(Kind.TRAINING)).values().stream()
                        .mapToLong(span -> span.committed().orElse(0L))
                        .sum();
    }

    private final class Once implements WorkLoop.Duties<TrainRequested> {
        private final Optional<Duration> patience;

        private Once(Optional<Duration> patience) {
            this.patience = patience;
        }

        @Override
        public void prepare() {
            topics.ensure();
        }

        @Override
        public WorkQueue<TrainRequested> open() {
            return queue;
        }

        @Override
        public void perform(Run<TrainRequested> run) {
            seen.add((loop.isReady() ? "ready, " : "not ready, ") + taken() + " taken");
        }

        @Override
        public boolean once() {
            return true;
        }

        @Override
        public Optional<Duration> patience() {
            return patience;
        }

        @Override
        public void left() {
            left.countDown();
        }
    }
}
