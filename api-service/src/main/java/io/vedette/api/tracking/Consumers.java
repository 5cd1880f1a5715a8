package io.vedette.api.tracking;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * The threads that poll Kafka for the api, and what comes of it. One that has died, or hangs, is never healed by waiting:
 * the api has to be started anew. A broker that is away is no such thing: the threads poll all the same.
 */
@Liveness
@Singleton
class Consumers implements HealthCheck {
    static final String RUN_EVENTS = "run-events";
    private static final List<String> CHANNELS = List.of(RUN_EVENTS, "model-trained", "lifecycle");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaClientService clients;
    private final Pulse pulse;
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    Consumers(KafkaClientService clients, Pulse pulse) {
        this.clients = clients;
        this.pulse = pulse;
    }

    /**
     * What was last seen of a polling thread.
     *
     * @param at when it last answered, in nanoseconds
     */
    private record Turn(boolean dead, long at) {
        String state() {
            if (dead) {
                return "has ended";
            }
            return System.nanoTime() - at > PATIENCE.toNanos() ? "hangs" : "polls";
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("consumers");
        boolean well = pulse.silence().compareTo(PATIENCE) < 0;
        if (!well) {
            answer.withData(RUN_EVENTS + " in seconds", pulse.silence().toSeconds());
        }
        for (String channel : CHANNELS) {
            String state = look(channel).state();
            answer.withData(channel, state);
            well &= state.equals("polls");
        }
        return answer.status(well).build();
    }

    /** Asks the polling thread for a sign of life, for the next look if not for this one. */
    private Turn look(String channel) {
        Turn before = turns.computeIfAbsent(channel, first -> new Turn(false, System.nanoTime()));
        KafkaConsumer<String, byte[]> consumer = clients.getConsumer(channel);
        if (consumer == null) { // not made yet
            return before;
        }
        consumer.runOnPollingThread((Consumer<String, byte[]> polling) -> {
                    if (polling.assignment().isEmpty() && channel.equals(RUN_EVENTS)) {
                        pulse.heard();
                    }
                })
                .subscribe()
                .with(done -> turns.put(channel, turn(consumer)), failure -> turns.put(channel, new Turn(true, 0)));
        return turns.get(channel);
    }

    /** The thread has done what it was asked; it's to be seen whether it polls as well. */
    private static Turn turn(KafkaConsumer<String, byte[]> consumer) {
        double idle = consumer.unwrap().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-poll-seconds-ago"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .max()
                .orElse(0);
        return new Turn(false, System.nanoTime() - (long) (Math.max(0, idle) * 1e9));
    }
}
