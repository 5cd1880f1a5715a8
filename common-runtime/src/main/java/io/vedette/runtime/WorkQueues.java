package io.vedette.runtime;

import io.vedette.common.event.RunEvent;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Opens work queues on the configured broker. */
@Singleton
public final class WorkQueues {
    private final Broker broker;

    /** Without traces. */
    public WorkQueues(
            KafkaSettings kafka, WorkerSettings worker, Topics topics, EventProducer producer, EventCodec codec) {
        this(kafka, worker, topics, producer, codec, Traces.none());
    }

    @Inject
    public WorkQueues(
            KafkaSettings kafka,
            WorkerSettings worker,
            Topics topics,
            EventProducer producer,
            EventCodec codec,
            Traces traces) {
        this.broker = new Broker(
                kafka,
                topics,
                producer,
                codec,
                worker.worker().name().orElseGet(WorkQueues::ownName),
                worker.heartbeat(),
                traces);
    }

    /** The queue of one kind of work; {@code type} is its request. */
    public <W extends WorkEvent> WorkQueue<W> open(RunEvent.Kind kind, Topic topic, Class<W> type) {
        return new WorkQueue<>(broker, new Subject<>(kind, topic, type));
    }

    /** The consumer group of the workers of this kind, before any prefix. */
    public static String group(RunEvent.Kind kind) {
        return switch (kind) {
            case TRAINING -> "vedette.trainers";
            case EVALUATION -> "vedette.evaluators";
            case BATCH -> "vedette.batches";
        };
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException nameless) {
            return "worker/" + ProcessHandle.current().pid();
        }
    }

    /** What every queue needs of Kafka, and what this worker is called. */
    record Broker(
            KafkaSettings settings,
            Topics topics,
            EventProducer producer,
            EventCodec codec,
            String worker,
            Duration heartbeat,
            Traces traces) {

        RunReporter reporter(RunEvent.Run run, Optional<String> traceparent) {
            String kind = run.kind().name().toLowerCase(Locale.ROOT);
            Optional<String> claimed;
            try (Traces.Step claim = about(traces.claim(kind, traceparent), run)) {
                claimed = claim.traceparent();
            }
            return new RunReporter(producer, codec, topics, run, claimed, about(traces.work(kind, claimed), run));
        }

        private static Traces.Step about(Traces.Step step, RunEvent.Run run) {
            return step.with("vedette.run", run.runId().toString())
                    .with("vedette.model", run.modelArn().toString())
                    .with("vedette.attempt", Integer.toString(run.attempt()));
        }

        DeadLetters deadLetters() {
            return new DeadLetters(producer, topics);
        }
    }

    /** What a queue is about. */
    record Subject<W extends WorkEvent>(RunEvent.Kind kind, Topic topic, Class<W> type) {
        String group() {
            return WorkQueues.group(kind);
        }

        /** A new run of this request: every claim is an attempt with an id of its own. */
        RunEvent.Run run(W request) {
            return new RunEvent.Run(
                    UUID.randomUUID(),
                    kind,
                    request.modelId(),
                    request.modelArn(),
                    request.attempt(),
                    request.batchId());
        }
    }
}
