package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.runtime.WorkQueues;
import io.vedette.runtime.WorkTopics;
import io.vedette.runtime.WorkTopics.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/**
 * Requests that nobody will be given any more, though nobody has begun them: their topic was made anew, or a worker died
 * between its commit and its first word. A request that lies on its topic merely waits, however long. The topics are
 * trimmed to what is still owned, so that a group whose offsets the broker forgot is not served all of history.
 */
@ApplicationScoped
class LostDispatches {
    /** The api's own group on the announced artifacts (application.properties). */
    private static final String OWN_GROUP = "vedette.api.trained";

    private final Deliveries deliveries;
    private final WorkTopics work;
    private final TrackingSettings settings;
    private final Map<Request, Long> missedSince = new HashMap<>();

    LostDispatches(Deliveries deliveries, WorkTopics work, TrackingSettings settings) {
        this.deliveries = deliveries;
        this.work = work;
        this.settings = settings;
    }

    /** To be called by one thread, now and then. */
    void look() {
        long now = deliveries.leaseTime();
        List<Request> waiting = deliveries.waiting();
        missedSince.keySet().retainAll(waiting);
        for (Kind kind : Kind.values()) {
            List<Request> ofKind =
                    waiting.stream().filter(it -> it.kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                look(kind, ofKind, now);
            }
        }
    }

    private void look(Kind kind, List<Request> waiting, long now) {
        Map<Integer, Span> spans;
        try {
            spans = work.spans(topic(kind), WorkQueues.group(kind));
        } catch (KafkaException unavailable) {
            Log.warnf("postponed the look at topic=%s: %s", topic(kind).suffix(), unavailable.getMessage());
            return;
        }
        for (Request request : waiting) {
            Span span = spans.get(request.partition());
            if (span != null && !span.isPast(request.offset())) {
                missedSince.remove(request);
            } else if (now - missedSince.computeIfAbsent(request, first -> now)
                    >= settings.lostDispatch().toMillis()) {
                deliveries.again(request);
            }
        }
    }

    @Scheduled(every = "${vedette.trim:1h}", concurrentExecution = ConcurrentExecution.SKIP)
    void trim() {
        try {
            List<Request> waiting = deliveries.waiting();
            for (Kind kind : Kind.values()) {
                trim(kind, waiting);
            }
        } catch (KafkaException unavailable) {
            Log.warnf("postponed the trimming of topics: %s", unavailable.getMessage());
        }
    }

    private void trim(Kind kind, List<Request> waiting) {
        Map<Integer, Span> taken = work.spans(topic(kind), WorkQueues.group(kind));
        Map<Integer, Span> read = kind == Kind.EVALUATION ? work.spans(topic(kind), OWN_GROUP) : taken;
        Map<Integer, Long> before = new TreeMap<>();
        taken.forEach((partition, span) -> {
            long owned = waiting.stream()
                    .filter(it -> it.kind() == kind && it.partition() == partition)
                    .mapToLong(Request::offset)
                    .min()
                    .orElse(Long.MAX_VALUE);
            long done = Math.min(
                    span.committed().orElse(0L), read.get(partition).committed().orElse(0L));
            long upTo = Math.min(Math.min(owned, done), span.end());
            if (upTo > span.first()) {
                before.put(partition, upTo);
            }
        });
        if (!before.isEmpty()) {
            work.trim(topic(kind), before);
            Log.infof("trimmed topic=%s partitions=%d", topic(kind).suffix(), before.size());
        }
    }

    private static Topic topic(Kind kind) {
        return switch (kind) {
            case TRAINING -> Topic.TRAINING_REQUESTED;
            case EVALUATION -> Topic.MODEL_TRAINED;
            case BATCH -> Topic.BATCH_REQUESTED;
        };
    }
}
