package io.vedette.api.batch;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vedette.api.tracking.Request;
import io.vedette.common.ModelArn;
import io.vedette.common.S3Uri;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.Models;
import io.vedette.persistence.NewModel;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** A batch of its own for each test, on a real Postgres, and what its runs say. */
abstract class TrackedBatch {
    static final long LEASE = 60_000;

    @Inject
    BatchTracker tracker;

    @Inject
    Batches batches;

    @Inject
    BatchProgress progress;

    @Inject
    Models models;

    @Inject
    EntityManager entities;

    final UUID modelId = UUID.randomUUID();
    final UUID batchId = UUID.randomUUID();
    final ModelArn arn = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/b"
            + modelId.toString().substring(0, 8) + "/1");
    /** On the lease clock. */
    long now = 1_000;

    @BeforeEach
    void aBatchIsAskedFor() {
        UUID project = UUID.randomUUID();
        in(() -> {
            entities.createNativeQuery("insert into project (project_id, account, region, name, created_at)"
                            + " values (?1, '000000000001', 'us-east-1', ?2, now())")
                    .setParameter(1, project)
                    .setParameter(2, arn.project().value())
                    .executeUpdate();
            models.add(
                    new NewModel(modelId, project, arn, Instant.now(), null, null, new Output("out", ""), List.of()));
            models.claimArtifact(modelId, new Artifact(UUID.randomUUID(), "artifact", Optional.empty(), 30));
            return batches.add(
                    new Batches.New(
                            batchId,
                            modelId,
                            "s3://in/",
                            null,
                            100,
                            S3Uri.parse("s3://out/r.jsonl"),
                            S3Uri.parse("s3://out/s.json"),
                            1000),
                    Instant.now());
        });
    }

    Run started(int attempt) {
        Run run = new Run(UUID.randomUUID(), Kind.BATCH, modelId, arn, attempt, batchId);
        say(new RunStarted(run, "worker-1"));
        return run;
    }

    void say(RunEvent event) {
        in(() -> {
            tracker.apply(event, Instant.now(), now);
            return event;
        });
    }

    /** For so many minutes it tells of the same place. */
    void hear(Run run, long done, int minutes) {
        hear(run, "looking at images", done, minutes);
    }

    void hear(Run run, String phase, long done, int minutes) {
        for (int i = 0; i < 2 * minutes; i++) {
            now += LEASE / 2;
            say(new RunProgressed(run, phase, done, 1000, 0L));
            expire();
            in(() -> {
                tracker.stall(now - 15 * LEASE, "15 minutes");
                return now;
            });
        }
    }

    /** The relay sends the request. */
    void publish(int partition, long offset) {
        in(() -> entities.createNativeQuery("update outbox set published_at = now(), partition = ?1, offset_ = ?2"
                        + " where event_id = (select dispatch_event from batch_detection where batch_id = ?3)")
                .setParameter(1, partition)
                .setParameter(2, offset)
                .setParameter(3, batchId)
                .executeUpdate());
    }

    List<Request> waiting() {
        return in(() ->
                tracker.waiting().stream().filter(it -> it.of().equals(batchId)).toList());
    }

    void again(Request lost) {
        in(() -> {
            tracker.again(lost);
            return lost;
        });
    }

    void silence() {
        now += LEASE + 1;
        expire();
    }

    void expire() {
        in(() -> {
            tracker.expire(now - LEASE);
            return now;
        });
    }

    Batch batch() {
        return in(() -> batches.find(modelId, batchId).orElseThrow());
    }

    List<?> published(String type) {
        return in(() -> entities.createNativeQuery(
                        "select data from outbox where type = ?1 and data like ?2 order by id", String.class)
                .setParameter(1, type)
                .setParameter(2, "%" + modelId + "%")
                .getResultList());
    }

    static <T> T in(Supplier<T> transaction) {
        return QuarkusTransaction.requiringNew().call(transaction::get);
    }
}
