package io.vedette.api.tracking;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vedette.common.ModelArn;
import io.vedette.common.event.LifecycleEvent.Performance;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.Models;
import io.vedette.persistence.NewModel;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun.State;
import io.vedette.persistence.Winner;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;

/** A model of its own for each test, on a real Postgres, and the events of its runs. */
abstract class TrackedModel {
    static final AtomicLong OFFSET = new AtomicLong();
    static Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    RunTracker tracker;

    @Inject
    ArtifactTracker artifacts;

    @Inject
    Orphans orphans;

    @Inject
    Models models;

    @Inject
    Runs runs;

    @Inject
    EntityManager entities;

    final UUID modelId = UUID.randomUUID();
    final ModelArn arn = arn(modelId);

    @BeforeEach
    void aModelIsAskedFor() {
        ask(modelId);
        pass(1);
    }

    /** Asks for a model, the first of a project of its own. */
    ModelArn ask(UUID id) {
        UUID project = UUID.randomUUID();
        ModelArn named = arn(id);
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery("insert into project (project_id, account, region, name, created_at)"
                            + " values (?1, '000000000001', 'us-east-1', ?2, now())")
                    .setParameter(1, project)
                    .setParameter(2, named.project().value())
                    .executeUpdate();
            models.add(new NewModel(id, project, named, Instant.now(), null, null, new Output("out", ""), List.of()));
        });
        return named;
    }

    private static ModelArn arn(UUID id) {
        return ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p"
                + id.toString().substring(0, 8) + "/1");
    }

    static Winner winner(UUID evaluation, Run training) {
        return new Winner(evaluation, training.runId(), Instant.now(), "r", "m", 7, new Performance(0.5, 0.25, 1));
    }

    /** The run's artifact is announced, at some place of the topic. */
    void announce(Run run) {
        ModelTrained event = new ModelTrained(modelId, arn, 1, run.runId(), "key", "aa", 7);
        artifacts.trained(event, new ArtifactTracker.Place(3, OFFSET.get(), now));
    }

    Run started(Kind kind, int attempt) {
        Run run = new Run(UUID.randomUUID(), kind, modelId, arn, attempt);
        say(new RunStarted(run, "worker-1"));
        return run;
    }

    void say(RunEvent event) {
        tracker.apply(OFFSET.getAndIncrement(), now, event);
    }

    /** Lets the broker's time pass, with a tick each second. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            say(new Tick("test"));
        }
    }

    Model orphan() {
        return orphans.all().stream()
                .map(Orphans.Orphan::model)
                .filter(it -> it.modelId().equals(modelId))
                .findFirst()
                .orElseThrow();
    }

    void settleOrphan() {
        orphans.settle(orphan(), Optional.empty());
    }

    Model model() {
        return QuarkusTransaction.requiringNew().call(() -> models.find(modelId).orElseThrow());
    }

    State state(Run run) {
        return QuarkusTransaction.requiringNew()
                .call(() -> runs.find(run.runId()).orElseThrow().state());
    }

    List<?> outbox(String type) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery(
                                "select data from outbox where type = ?1 and data like '%' || ?2 || '%' order by id")
                        .setParameter(1, type)
                        .setParameter(2, modelId.toString())
                        .getResultList());
    }

    List<Object> outboxOfKey(String key) {
        List<?> found = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select type from outbox where key = ?1")
                        .setParameter(1, key)
                        .getResultList());
        return List.copyOf(found);
    }
}
