package io.vedette.api.dataset;

import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.api.dataset.EntryRemovalResource.EntryRemovalResponse;
import io.vedette.common.DatasetStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;

/** An update that only takes away: small enough for one transaction. */
@ApplicationScoped
class EntryRemoval {
    private final DatasetCalls calls;
    private final Datasets datasets;
    private final Entries entries;
    private final DatasetNews news;

    EntryRemoval(DatasetCalls calls, Datasets datasets, Entries entries, DatasetNews news) {
        this.calls = calls;
        this.datasets = datasets;
        this.entries = entries;
        this.news = news;
    }

    @Transactional
    EntryRemovalResponse remove(Target target, Collection<String> images) {
        Dataset before = calls.beginUpdate(target);
        Dataset updating = datasets.find(before.datasetId()).orElseThrow();
        int removed = entries.remove(updating.datasetId(), updating.revision(), images);
        ImageStats left = entries.count(updating.datasetId(), updating.revision() + 1);
        String bucket = left.total() == 0 ? null : updating.bucket().orElse(null);
        if (!datasets.flip(updating, DatasetStatus.UPDATE_COMPLETE, bucket, left)) {
            throw new IllegalStateException("a locked data set moved: " + updating.datasetId());
        }
        news.changed(updating.datasetId(), before.status());
        return new EntryRemovalResponse(removed, DatasetAnswers.ImageStats.of(left));
    }
}
