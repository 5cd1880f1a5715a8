package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.ModelArn;
import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.TrainRequested;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** When a worker is to be started anew, and when not; on a real broker. */
@Timeout(60)
class WorkLoopTest {
    private String prefix;
    private Topics topics;
    private EventProducer producer;
    private WorkQueues queues;
    private WorkLoop<TrainRequested> loop;

    @BeforeEach
    void createTopics(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + ".";
        KafkaSettings kafka = TestBroker.settings(prefix);
        topics = new Topics(kafka);
        topics.ensure();
        EventCodec codec = new EventCodec("test");
        producer = new EventProducer(kafka, topics, codec);
        queues = new WorkQueues(kafka, new TestWorker(), topics, producer, codec);
    }

    @AfterEach
    void close() {
        loop.stop(Duration.ofSeconds(5));
        producer.close();
    }

    @Test
    void workThatFailsLeavesTheWorkerAlive() {
        begin(run -> {
            throw new IllegalStateException("a bug");
        });
        request();
        await().until(() -> !TestBroker.runEvents(prefix, RunFailed.class).isEmpty());
        assertThat(loop.isAlive()).isTrue();
        await().until(loop::isReady);
    }

    @Test
    void aThreadThatHasDiedIsNoLongerAliveAndHandsItsWorkBack() {
        begin(run -> {
            throw new StackOverflowError();
        });
        await().until(loop::isReady);
        assertThat(loop.isAlive()).isTrue();
        // When
        request();
        // Then
        await().dontCatchUncaughtExceptions().until(() -> !loop.isAlive());
        assertThat(loop.isReady()).isFalse();
        assertThat(TestBroker.runEvents(prefix, RunInterrupted.class)).hasSize(1);
    }

    @Test
    void workThatIgnoresItsCancellationIsNoticed() {
        CountDownLatch released = new CountDownLatch(1);
        WorkQueue<TrainRequested> queue = queues.open(Kind.TRAINING, Topic.TRAINING_REQUESTED, TrainRequested.class);
        begin(queue, run -> released.await());
        TrainRequested request = request();
        await().until(() -> TestBroker.runEvents(prefix).size() > 1);
        assertThat(queue.secondsSinceLastTurn()).isZero();
        UUID run = ((io.vedette.common.event.RunEvent)
                        TestBroker.runEvents(prefix).get(0))
                .run()
                .runId();
        // When
        producer.send(Topic.RUN_CONTROL, run.toString(), new RunCancelled(run, request.modelId(), "superseded"));
        // Then
        await().until(() -> queue.secondsSinceLastTurn() >= 1);
        released.countDown();
    }

    /** What one piece of work does. */
    private interface Doing {
        void perform(Run<TrainRequested> run) throws Exception;
    }

    private void begin(Doing doing) {
        begin(queues.open(Kind.TRAINING, Topic.TRAINING_REQUESTED, TrainRequested.class), doing);
    }

    private void begin(WorkQueue<TrainRequested> queue, Doing doing) {
        loop = new WorkLoop<>(new WorkLoop.Duties<>() {
            @Override
            public void prepare() {}

            @Override
            public WorkQueue<TrainRequested> open() {
                return queue;
            }

            @Override
            public void perform(Run<TrainRequested> run) throws Exception {
                doing.perform(run);
            }

            @Override
            public boolean once() {
                return false;
            }

            @Override
            public void left() {}
        });
        loop.start();
    }

    private TrainRequested request() {
        ModelArn arn = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/1");
        TrainRequested request = new TrainRequested(UUID.randomUUID(), arn, 1, "train.jsonl", "test.jsonl", null);
        producer.send(Topic.TRAINING_REQUESTED, arn.toString(), request);
        return request;
    }
}
