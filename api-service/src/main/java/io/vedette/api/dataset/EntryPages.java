package io.vedette.api.dataset;

import io.vedette.api.aws.Page;
import io.vedette.api.aws.PageTokens;
import io.vedette.api.dataset.DatasetAnswers.ListDatasetEntriesResponse;
import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.api.dataset.Entries.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A data set's entries page by page, in the order they came in. */
@ApplicationScoped
class EntryPages {
    private final DatasetCalls datasets;
    private final Entries entries;
    private final PageTokens tokens;

    EntryPages(DatasetCalls datasets, Entries entries, PageTokens tokens) {
        this.datasets = datasets;
        this.entries = entries;
        this.tokens = tokens;
    }

    /** @param nextToken null for the first page */
    @Transactional
    ListDatasetEntriesResponse page(Target target, EntryFilter filter, String nextToken, int size) {
        Dataset dataset = datasets.require(target);
        // A data set that was deleted and made again is another one, whose pages begin anew.
        String binding = "ListDatasetEntries " + dataset.datasetId() + " " + filter;
        long after = nextToken == null ? 0 : Long.parseLong(tokens.decode(binding, nextToken));
        Page<Row> page = Page.of(entries.page(dataset.datasetId(), filter, after, size + 1), size);
        return new ListDatasetEntriesResponse(
                page.map(Row::line), page.next(last -> tokens.encode(binding, Long.toString(last.seq()))));
    }
}
