package io.vedette.api.dataset;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which entries ListDatasetEntries is asked for; all conditions must hold (specification §4.2). An entry without a
 * creation date is before and after no date.
 *
 * @param label as on the wire
 */
record EntryFilter(
        Optional<Boolean> labeled,
        Optional<String> label,
        Optional<Instant> createdBefore,
        Optional<Instant> createdAfter,
        Optional<String> sourceRefContains) {

    /** SQL for the columns of {@code dataset_entry e}, to be put behind other conditions. */
    String conditions() {
        StringBuilder sql = new StringBuilder();
        labeled.ifPresent(wanted -> sql.append(wanted ? " and e.label is not null" : " and e.label is null"));
        label.ifPresent(wanted -> sql.append(" and e.label = :label"));
        createdBefore.ifPresent(date -> sql.append(" and e.creation_date < :createdBefore"));
        createdAfter.ifPresent(date -> sql.append(" and e.creation_date > :createdAfter"));
        sourceRefContains.ifPresent(part -> sql.append(" and strpos(e.source_ref, :part) > 0"));
        return sql.toString();
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        label.ifPresent(wanted -> parameters.put("label", wanted));
        createdBefore.ifPresent(date -> parameters.put("createdBefore", date));
        createdAfter.ifPresent(date -> parameters.put("createdAfter", date));
        sourceRefContains.ifPresent(part -> parameters.put("part", part));
        return parameters;
    }
}
