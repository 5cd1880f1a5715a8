package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vedette.common.ModelArn;
import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.TrainRequested;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** The queue on a real broker: what is said, what is committed, and who gets the work. */
@Timeout(60)
class WorkQueueTest {
    private final List<AutoCloseable> open = new ArrayList<>();
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
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void workIsStartedAndFinishedOnce() {
        // Given
        TrainRequested request = request(1);
        // When
        try (Run<TrainRequested> run = queue().claim()) {
            run.finish();
            assertThat(run.request()).isEqualTo(request);
        }
        // Then
        // however slow the machine: a run that lasts says that it goes on
        assertThat(TestBroker.runEvents(prefix))
                .filteredOn(event -> !(event instanceof RunProgressed))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOfSatisfying(RunStarted.class, started -> {
                            assertThat(started.run().modelId()).isEqualTo(request.modelId());
                            assertThat(started.worker()).isEqualTo("tester");
                        }),
                        last -> assertThat(last).isInstanceOf(RunFinished.class));
    }

    @Test
    void workIsHandedBackWhenItIsLeftOpen() {
        // Given
        request(1);
        // When
        queue().claim().close();
        // Then
        assertThat(TestBroker.runEvents(prefix, RunInterrupted.class))
                .singleElement()
                .satisfies(said -> assertThat(said.notClaimed()).isFalse());
    }

    @Test
    void claimedWorkIsForgottenByKafka() {
        // Given
        TrainRequested first = request(1);
        WorkQueue<TrainRequested> queue = queue();
        Run<TrainRequested> held = queue.claim();
        // When
        TrainRequested second = request(2);
        Run<TrainRequested> other = queue().claim();
        // Then
        assertThat(held.request()).isEqualTo(first);
        assertThat(other.request()).isEqualTo(second);
        held.finish();
        other.finish();
    }

    @Test
    void severalWorkersShareTheWorkAndDoEachPieceOnce() {
        // Given
        Set<UUID> wanted = new HashSet<>();
        for (int version = 1; version <= 12; version++) {
            wanted.add(request(version).modelId());
        }
        // When
        List<WorkQueue<TrainRequested>> queues = List.of(queue(), queue(), queue());
        List<CompletableFuture<Void>> workers = queues.stream()
                .map(queue -> CompletableFuture.runAsync(() -> finishAll(queue)))
                .toList();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> TestBroker.runEvents(prefix, RunFinished.class).size() >= wanted.size());
        queues.forEach(WorkQueue::stop);
        workers.forEach(CompletableFuture::join);
        // Then
        assertThat(TestBroker.runEvents(prefix, RunFinished.class))
                .extracting(said -> said.run().modelId())
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void refusedCommitLeavesTheWorkToOthers() throws Exception {
        // Given
        TrainRequested request = request(1);
        KafkaSettings settings = TestBroker.settings(prefix);
        String group = topics.prefixed(WorkQueues.group(Kind.TRAINING));
        try (Membership member = new Membership(settings, group, topics.name(Topic.TRAINING_REQUESTED));
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", settings.bootstrapServers()))) {
            var polled = await().until(member::poll, Optional::isPresent).orElseThrow();
            // When
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
            // Then
            assertThat(member.commit(polled)).isFalse();
        }
        try (Run<TrainRequested> run = queue().claim()) {
            assertThat(run.request()).isEqualTo(request);
        }
    }

    private static void finishAll(WorkQueue<TrainRequested> queue) {
        while (true) {
            try (Run<TrainRequested> run = queue.claim()) {
                run.finish();
            } catch (RunStopped closed) {
                return;
            }
        }
    }

    @Test
    void heartbeatsGoOnWhileTheWorkerThreadIsBusy() {
        // Given
        request(1);
        // When
        try (Run<TrainRequested> run = queue().claim()) {
            run.progress("thinking", 3, 10);
            run.progress("thinking", 2, 10);
            await().until(() ->
                    TestBroker.runEvents(prefix, RunProgressed.class).size() >= 3);
            run.fail(Cause.USER, "s3://b/k.png is no image.");
        }
        // Then
        assertThat(TestBroker.runEvents(prefix, RunProgressed.class))
                .allSatisfy(
                        said -> assertThat(said.done()).isEqualTo(said.phase().equals("thinking") ? 3 : 0));
        assertThat(TestBroker.runEvents(prefix)).last().isInstanceOfSatisfying(RunFailed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(Cause.USER);
            assertThat(failed.reason()).isEqualTo("s3://b/k.png is no image.");
        });
    }

    @Test
    void cancelledRunStopsAndSaysNothingMore() {
        // Given
        TrainRequested request = request(1);
        Run<TrainRequested> run = queue().claim();
        // When
        producer.send(
                Topic.RUN_CONTROL, run.id().toString(), new RunCancelled(run.id(), request.modelId(), "superseded"));
        // Then
        await().untilAsserted(() -> assertThatThrownBy(() -> run.progress("going on", 1, 2))
                .isInstanceOf(RunStopped.class)
                .hasMessageContaining("cancelled"));
        run.close();
        assertThat(TestBroker.runEvents(prefix)).noneMatch(said -> said instanceof RunInterrupted);
    }

    @Test
    void stopReachesTheHeldRun() {
        // Given
        request(1);
        WorkQueue<TrainRequested> queue = queue();
        // When
        try (Run<TrainRequested> run = queue.claim()) {
            queue.stop();
            assertThatThrownBy(() -> run.progress("going on", 1, 2)).isInstanceOf(RunStopped.class);
        }
        // Then
        assertThat(TestBroker.runEvents(prefix)).last().isInstanceOf(RunInterrupted.class);
        assertThatThrownBy(queue::claim).isInstanceOf(RunStopped.class);
    }

    @Test
    void poisonIsBuriedWithItsReasonAndTheQueueMovesOn() {
        // Given
        String topic = topics.name(Topic.TRAINING_REQUESTED);
        byte[] rubbish = "no event".getBytes(StandardCharsets.UTF_8);
        EventProducer.await(producer.submit(new ProducerRecord<>(topic, 0, "poison", rubbish)));
        EventProducer.await(producer.submit(new ProducerRecord<>(topic, 0, "nothing", null)));
        producer.send(
                Topic.TRAINING_REQUESTED, "mistaken", new RunCancelled(UUID.randomUUID(), UUID.randomUUID(), "x"));
        TrainRequested request = request(1);
        // When
        try (Run<TrainRequested> run = queue().claim()) {
            run.finish();
            // Then
            assertThat(run.request()).isEqualTo(request);
        }
        WorkQueue<TrainRequested> rest = queue();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                rest.claim().close();
            } catch (RunStopped closed) {
                assertThat(closed).hasMessageContaining("closed");
            }
        });
        await().until(() -> TestBroker.records(topics.name(Topic.DEAD_LETTERS)).size() == 3);
        rest.stop();
        waiting.join();
        assertThat(TestBroker.records(topics.name(Topic.DEAD_LETTERS)))
                .extracting(letter -> letter.key())
                .containsExactlyInAnyOrder("poison", "nothing", "mistaken");
        assertThat(TestBroker.records(topics.name(Topic.DEAD_LETTERS)))
                .allSatisfy(letter -> assertThat(letter.headers().lastHeader("vedette-reason"))
                        .isNotNull());
    }

    @Test
    void topicsAreMadeAsTheyShouldBeAndASecondTimeIsQuiet() {
        topics.ensure();
        assertThat(Topics.differences(Topic.RUN_EVENTS, 1, Topics.wanted(Topic.RUN_EVENTS)::get))
                .isEmpty();
        assertThat(Topics.differences(Topic.RUN_EVENTS, 3, key -> "other"))
                .contains("partitions is 3, not 1", "message.timestamp.type is other, not LogAppendTime");
    }

    private TrainRequested request(int version) {
        ModelArn arn = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/" + version);
        TrainRequested request = new TrainRequested(UUID.randomUUID(), arn, 1, "train.jsonl", "test.jsonl", null);
        producer.send(Topic.TRAINING_REQUESTED, arn.toString(), request);
        return request;
    }

    private WorkQueue<TrainRequested> queue() {
        WorkQueue<TrainRequested> queue = new WorkQueues(
                        TestBroker.settings(prefix), new TestWorker(), topics, producer, codec)
                .open(Kind.TRAINING, Topic.TRAINING_REQUESTED, TrainRequested.class);
        open.add(queue);
        return queue;
    }
}
