package io.vedette.runtime;

import io.vedette.common.event.Event;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.Topic;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** Says what becomes of one run. All that it publishes carries the trace context of the request. */
final class RunReporter {
    private static final Logger LOG = Logger.getLogger(RunReporter.class);

    private final EventProducer producer;
    private final EventCodec codec;
    private final Topics topics;
    private final RunEvent.Run run;
    private final Optional<String> traceparent;
    private final Traces.Step step;
    private Future<RecordMetadata> beat;

    RunReporter(
            EventProducer producer,
            EventCodec codec,
            Topics topics,
            RunEvent.Run run,
            Optional<String> traceparent,
            Traces.Step step) {
        this.producer = producer;
        this.codec = codec;
        this.topics = topics;
        this.run = run;
        this.traceparent = traceparent;
        this.step = step;
    }

    RunEvent.Run run() {
        return run;
    }

    /** The trace that the request came in. */
    Optional<String> traceparent() {
        return traceparent;
    }

    /** The work is in another phase. */
    void note(String phase) {
        step.note(phase);
    }

    /** The work has ended so. */
    void ended(String outcome) {
        step.with("vedette.outcome", outcome).close();
    }

    /** Publishes a run event and waits; throws a {@link KafkaException} if it is not acknowledged in time. */
    void sayOnce(RunEvent event) {
        EventProducer.await(producer.submit(message(Topic.RUN_EVENTS, event)));
    }

    /** Publishes without waiting, unless the one before is still on its way: no backlog builds up while Kafka is away. */
    synchronized void beat(RunEvent.RunProgressed progress) {
        if (beat == null || beat.isDone()) {
            beat = producer.submit(message(Topic.RUN_EVENTS, progress));
        }
    }

    /** Publishes without waiting, and never fails. */
    void mention(RunEvent event) {
        try {
            producer.submit(message(Topic.RUN_EVENTS, event));
        } catch (KafkaException failure) {
            LOG.warnf("could not say %s run=%s: %s", event.type(), run.runId(), failure.getMessage());
        }
    }

    /**
     * Publishes and waits for the acknowledgement, trying again for as long as it takes or until there is a stop; every
     * try is the same event with the same id.
     *
     * @return false if there was a stop before it was acknowledged
     */
    boolean sayUntilHeard(Topic topic, Event event, CountDownLatch stopped) {
        ProducerRecord<String, byte[]> message = message(topic, event);
        Backoff backoff = new Backoff(stopped);
        while (true) {
            try {
                EventProducer.await(producer.submit(message));
                return true;
            } catch (RecordTooLargeException never) {
                throw never;
            } catch (KafkaException failure) {
                LOG.warnf("not acknowledged yet event=%s run=%s: %s", event.type(), run.runId(), failure.getMessage());
                if (!backoff.pause()) {
                    return false;
                }
            }
        }
    }

    private ProducerRecord<String, byte[]> message(Topic topic, Event event) {
        String key = run.modelArn().toString();
        var envelope = EventCodec.Envelope.of(key, event);
        return codec.encode(
                topics.name(topic),
                key,
                new EventCodec.Envelope(envelope.id(), envelope.type(), key, envelope.data(), traceparent));
    }
}
