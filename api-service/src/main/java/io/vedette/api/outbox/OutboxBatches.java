package io.vedette.api.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vedette.common.event.Topic;
import io.vedette.persistence.Outbox;
import io.vedette.persistence.Outbox.Letter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The short transactions around a send: nothing is locked while Kafka is spoken to. */
@ApplicationScoped
class OutboxBatches {
    private static final int LIMIT = 500;
    /** As long as the topics of requests keep what was published. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Outbox outbox;
    private final RelayLeases leases;
    private final MeterRegistry meters;

    OutboxBatches(Outbox outbox, RelayLeases leases, MeterRegistry meters) {
        this.outbox = outbox;
        this.leases = leases;
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

    /**
     * The oldest letter of each topic and key: the next of a key is not sent before this one is known to be there. Read
     * once the lease is ours, so that none is among them that another replica has sent; none if the lease is not free.
     *
     * @param leftOut topics of which none is wanted
     */
    @Transactional
    List<Letter> claim(UUID holder, Set<String> leftOut) {
        if (!outbox.hasUnpublished() || !leases.acquire(holder)) {
            return List.of();
        }
        List<Letter> letters = firstOfEachKey(outbox.unpublished(LIMIT, leftOut));
        if (letters.isEmpty()) {
            leases.release(holder);
        }
        return letters;
    }

    /** True if the lease is still ours; it then begins anew. */
    @Transactional
    boolean renew(UUID holder) {
        return leases.renew(holder);
    }

    @Transactional
    void release(UUID holder) {
        leases.release(holder);
    }

    /** Nothing of the batch is under way any more, so the lease is free for whoever has the next. */
    @Transactional
    void settle(List<Outcome> outcomes, UUID holder) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Sent sent) {
                outbox.markPublished(sent.letter().id(), sent.partition(), sent.offset());
                published(sent.letter().topic()).increment();
            } else if (outcome instanceof Outcome.Unsendable unsendable) {
                outbox.park(unsendable.letter().id(), unsendable.reason());
            }
        }
        leases.release(holder);
    }

    /** What was published long ago is of no use to anybody. */
    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        Instant before = Instant.now().minus(KEPT);
        int gone = 0;
        int last;
        do {
            last = outbox.forget(before, LIMIT);
            gone += last;
        } while (last == LIMIT);
        if (gone > 0) {
            Log.infof("forgot outbox=%d", gone);
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
