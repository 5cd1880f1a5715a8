package io.vedette.api.model;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.vedette.api.model.KeptFiles.Kept;
import io.vedette.api.model.KeptFiles.Of;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.artifact.ArtifactLayout.Owner;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStore.Item;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Removes from the service's own bucket what crashes have left: snapshots of models that never came to be, and what
 * attempts wrote that did not win, or after their model was deleted. Nothing goes that is younger than a day: it may be on
 * its way to be needed. Of a model that Postgres never knew nothing goes that a run wrote: it may be another installation's,
 * or younger than a backup.
 */
@ApplicationScoped
class Leftovers {
    private final KeptFiles files;
    private final ObjectStore objects;
    private final ModelSettings settings;

    Leftovers(KeptFiles files, ObjectStore objects, ModelSettings settings) {
        this.files = files;
        this.objects = objects;
        this.settings = settings;
    }

    @Scheduled(every = "${vedette.leftovers.every:1h}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeAll() {
        try {
            long removed = removeOlderThan(settings.leftovers().after());
            if (removed > 0) {
                Log.infof("removed leftovers=%d", removed);
            }
        } catch (ObjectStoreException unavailable) {
            Log.warnf("postponed the removal of leftovers: %s", unavailable.getMessage());
        }
    }

    /** @return how many objects went */
    private long removeOlderThan(Duration age) {
        Instant youngest = Instant.now().minus(age);
        String prefix = ArtifactLayout.MODELS;
        long removed = 0;
        UUID seen = null;
        Kept kept = null;
        boolean hasRuns = false;
        try (Stream<Item> all = objects.list(objects.own(prefix).bucket(), prefix)) {
            for (Item item : (Iterable<Item>) all::iterator) {
                Optional<Owner> owner = ArtifactLayout.owner(item.uri().key());
                if (owner.isEmpty()) {
                    continue;
                }
                if (!owner.get().modelId().equals(seen)) { // the store lists a model's objects one after the other
                    seen = owner.get().modelId();
                    kept = files.of(seen);
                    hasRuns = false;
                }
                hasRuns |= owner.get().runId().isPresent(); // and runs before snapshots
                if (!item.lastModified().isAfter(youngest) && isLeft(owner.get(), kept, hasRuns)) {
                    objects.delete(item.uri());
                    removed++;
                }
            }
        }
        return removed;
    }

    static boolean isLeft(Owner owner, Kept kept, boolean hasRuns) {
        if (kept.model() != Of.PRESENT) {
            return kept.model() == Of.DELETED || !hasRuns;
        }
        return owner.runId()
                .filter(run ->
                        kept.runs().filter(needed -> !needed.contains(run)).isPresent())
                .isPresent();
    }
}
