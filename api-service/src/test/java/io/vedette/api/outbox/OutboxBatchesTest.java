package io.vedette.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.persistence.Outbox.Letter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxBatchesTest {
    @Test
    void ofEachTopicAndKeyOnlyTheOldestIsSent() {
        // Given
        Letter first = letter(1, "t", "a");
        Letter second = letter(2, "t", "b");
        Letter otherTopic = letter(4, "u", "a");
        // When
        List<Letter> batch = OutboxBatches.firstOfEachKey(List.of(first, second, letter(3, "t", "a"), otherTopic));
        // Then
        assertThat(batch).containsExactly(first, second, otherTopic);
    }

    @Test
    void aLeaseOutlivesWhatItsHolderMayStillSend() {
        assertThat(RelayLeases.LEASE).isGreaterThan(Courier.BLOCK.plus(Courier.DELIVERY));
    }

    private static Letter letter(long id, String topic, String key) {
        return new Letter(id, UUID.randomUUID(), topic, key, "type", key, "{}", Optional.empty(), Instant.EPOCH);
    }
}
