package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What readers see of a data set's entries. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@QuarkusTestResource(value = FlakyStore.class, restrictToAnnotatedClass = true)
class EntriesTest extends ImportedDataset {
    @Test
    void pagesHoldEachEntryOnceWhileAnUpdateChangesThem() {
        // Given
        create(lines(0, 30, "normal"));
        Dataset before = settled();
        EntryFilter none = filter();
        List<Entries.Row> first = page(none, 0, 20);
        // When
        update(lines(10, 25, "anomaly") + line(30, "normal"));
        settled();
        List<Entries.Row> second = page(none, first.get(19).seq(), 20);
        // Then
        assertThat(first.size() + second.size()).isEqualTo(31);
        assertThat(second).extracting(Entries.Row::seq).isSorted().first().isEqualTo(21L);
        assertThat(refs(before)).hasSize(30);
    }

    @Test
    void filtersAreAllApplied() {
        // Given
        create(line(1, "normal") + line(11, "anomaly") + line(12, "scratch") + "{\"source-ref\":\"s3://images/13\"}\n"
                + dated(20, "2020-01-01T00:00:00") + dated(21, "2022-01-01T00:00:00Z"));
        settled();
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        Optional<Instant> middle = Optional.of(Instant.parse("2021-01-01T00:00:00Z"));
        // Then
        assertThat(found(new EntryFilter(Optional.of(true), any, ever, ever, any)))
                .containsExactly(1, 11, 20, 21);
        assertThat(found(new EntryFilter(Optional.of(false), any, ever, ever, any)))
                .containsExactly(12, 13);
        assertThat(found(new EntryFilter(Optional.empty(), Optional.of("anomaly"), ever, ever, any)))
                .containsExactly(11);
        assertThat(found(new EntryFilter(Optional.of(false), Optional.of("anomaly"), ever, ever, any)))
                .isEmpty();
        assertThat(found(new EntryFilter(Optional.empty(), any, middle, ever, any)))
                .containsExactly(20);
        assertThat(found(new EntryFilter(Optional.empty(), any, ever, middle, any)))
                .containsExactly(21);
        assertThat(found(new EntryFilter(Optional.of(true), any, ever, ever, Optional.of("images/1"))))
                .containsExactly(1, 11);
    }
}
