package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.vedette.runtime.DeadLetters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Sets records aside that can never be applied, however long the broker takes to keep them; the partition then goes on. */
@Singleton
class Poison {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DeadLetters letters;
    private final Pulse pulse;
    private volatile boolean stopping;

    Poison(DeadLetters letters, Pulse pulse) {
        this.letters = letters;
        this.pulse = pulse;
    }

    /** What fails from now on fails because the database is being closed. */
    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
    }

    /**
     * @param effect of the record; what it throws is why it is set aside
     * @throws RuntimeException what the effect threw if the api is ending: nothing is known of the record, and the next
     *     one reads it
     */
    void orApplied(ConsumerRecord<String, byte[]> received, Runnable effect) {
        try {
            effect.run();
        } catch (RuntimeException poison) {
            if (stopping || Thread.currentThread().isInterrupted()) {
                throw poison;
            }
            if (!(poison instanceof IllegalArgumentException)) {
                Log.errorf(poison, "cannot apply topic=%s offset=%d", received.topic(), received.offset());
            }
            bury(received, poison);
        }
    }

    private void bury(ConsumerRecord<String, byte[]> received, RuntimeException poison) {
        while (true) {
            try {
                letters.bury(received, String.valueOf(poison.getMessage()));
                return;
            } catch (KafkaException unavailable) {
                Log.warnf("not set aside yet topic=%s: %s", received.topic(), unavailable.getMessage());
                pulse.heard();
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw poison;
            }
        }
    }
}
