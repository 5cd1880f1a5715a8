package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.vedette.api.tracking.Orphans.Orphan;
import io.vedette.common.artifact.ArtifactContents;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.event.EventJson;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStore.Stored;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after models that no worker works at, nor will. S3 is asked outside of any transaction; while it does not answer
 * nothing is decided and no attempt is spent.
 */
@ApplicationScoped
class Watchdog {
    private final Orphans orphans;
    private final ObjectStore objects;
    private final LostDispatches dispatches;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "watchdog"));
    private final AtomicBoolean looking = new AtomicBoolean();

    Watchdog(Orphans orphans, ObjectStore objects, LostDispatches dispatches) {
        this.orphans = orphans;
        this.objects = objects;
        this.dispatches = dispatches;
    }

    /** Looks once, on a thread of its own; asked again while it looks, it does not look twice, nor once the api is ending. */
    void look() {
        if (looking.compareAndSet(false, true)) {
            try {
                thread.execute(this::lookNow);
            } catch (RejectedExecutionException ending) {
                looking.set(false);
            }
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        thread.shutdownNow();
    }

    private void lookNow() {
        try {
            settleAll();
            dispatches.look();
        } catch (RuntimeException broken) {
            Log.warnf("postponed the watchdog's look: %s", broken.getMessage());
        } finally {
            looking.set(false);
        }
    }

    /**
     * A store that is away is waited for once, not for each model; those that do not need it are settled all the same. In
     * another order each time, so that one file that can never be read keeps back no other model for good.
     */
    void settleAll() {
        List<Orphan> all = new ArrayList<>(orphans.all());
        Collections.shuffle(all);
        boolean away = false;
        for (Orphan orphan : all) {
            if (away && !orphan.trainingRuns().isEmpty()) {
                continue;
            }
            try {
                settle(orphan);
            } catch (RuntimeException broken) {
                Log.warnf("postponed model=%s: %s", orphan.model().arn(), broken.getMessage());
                away |= broken instanceof ObjectStoreException.Unavailable;
            }
        }
    }

    private void settle(Orphan orphan) {
        Optional<Artifact> left = orphan.trainingRuns().stream()
                .flatMap(run -> artifact(orphan.model(), run).stream())
                .findFirst();
        orphans.settle(orphan.model(), left);
    }

    /** The artifact of a training run, if its table of contents is there: it is written last. */
    private Optional<Artifact> artifact(Model model, UUID runId) {
        String key = ArtifactLayout.artifact(model.modelId(), runId);
        return objects.getIfPresent(objects.own(key)).flatMap(stored -> read(stored, key, runId));
    }

    /** Empty as well where nobody could read it, now or later: the work is then done again. */
    static Optional<Artifact> read(Stored stored, String key, UUID runId) {
        try {
            ArtifactContents contents = EventJson.mapper().readValue(stored.bytes(), ArtifactContents.class);
            return Optional.ofNullable(contents)
                    .map(it -> new Artifact(runId, key, Optional.of(sha256(stored.bytes())), it.trainingImages()));
        } catch (IOException | IllegalArgumentException broken) {
            Log.warnf("cannot read key=%s: %s", key, broken.getMessage());
            return Optional.empty();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
