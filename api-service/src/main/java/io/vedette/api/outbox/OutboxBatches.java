package io.vedette.api.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vedette.common.event.Topic;
import io.vedette.persistence.Outbox;
import io.vedette.persistence.Outbox.Letter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two short transactions around a send: nothing is locked while Kafka is spoken to. */
@ApplicationScoped
class OutboxBatches {
    private static final int LIMIT = 500;

    private final Outbox outbox;
    private final MeterRegistry meters;

    OutboxBatches(Outbox outbox, MeterRegistry meters) {
        this.outbox = outbox;
        this.meters = meters;
        for (Topic topic : Topic.values()) {
            published(topic.suffix()); // so that there are numbers before anything has happened
        }
    }

    /** Where the broker put a letter, or why it never will. */
    sealed interface Outcome {
        record Sent(Letter letter, int partition, long offset) implements Outcome {}

        record Unsendable(Letter letter, String reason) implements Outcome {}
    }

    /** The oldest letter of each topic and key: the next of a key is not sent before this one is known to be there. */
    @Transactional
    List<Letter> next() {
        return firstOfEachKey(outbox.unpublished(LIMIT));
    }

    @Transactional
    void settle(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Sent sent) {
                outbox.markPublished(sent.letter().id(), sent.partition(), sent.offset());
                published(sent.letter().topic()).increment();
            } else if (outcome instanceof Outcome.Unsendable unsendable) {
                outbox.park(unsendable.letter().id(), unsendable.reason());
            }
        }
    }

    private Counter published(String topic) {
        return meters.counter("vedette.outbox.published", "topic", topic);
    }

    static List<Letter> firstOfEachKey(List<Letter> oldestFirst) {
        Map<List<String>, Letter> first = new LinkedHashMap<>();
        oldestFirst.forEach(letter -> first.putIfAbsent(List.of(letter.topic(), letter.key()), letter));
        return List.copyOf(first.values());
    }
}
