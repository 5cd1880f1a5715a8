package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.runtime.WorkTopics.Span;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanTest {
    @Test
    void aRecordThatIsStillToBeTakenIsNotPast() {
        assertThat(new Span(2, 9, Optional.of(5L)).isPast(5)).isFalse();
        assertThat(new Span(2, 9, Optional.empty()).isPast(5)).isFalse();
    }

    @Test
    void aRecordThatWasTakenTrimmedOrNeverWasOnThisTopicIsPast() {
        assertThat(new Span(2, 9, Optional.of(6L)).isPast(5)).isTrue();
        assertThat(new Span(6, 9, Optional.empty()).isPast(5)).isTrue();
        assertThat(new Span(0, 3, Optional.empty()).isPast(5)).isTrue();
    }
}
