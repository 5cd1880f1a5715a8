package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.tracking.Life.Spent;
import io.vedette.api.tracking.Life.Step;
import io.vedette.api.tracking.SimulatedWorker.Body;
import io.vedette.common.ModelArn;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One model, its workers, the topics between and the store, without any of them: everything that may happen can be made
 * to happen in any order, and after each step the promises are checked (docs/invariants.md).
 */
final class SimulatedWorld {
    private static final ModelArn ARN = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p/1");
    private static final UUID MODEL = new UUID(0, 0);

    /** A request on a work topic. */
    record Request(Kind kind, int attempt, UUID trainingRun) {}

    private final Life[] life = {
        new Life(Optional.of(Phase.QUEUED), 1, Spent.NOTHING, Optional.empty(), Optional.empty(), List.of())
    };
    final SimulatedRunEvents runEvents = new SimulatedRunEvents(life, this::apply);
    /** The final states that the world was told of; there may only ever be one. */
    final List<String> endings = new ArrayList<>();

    final List<LifeOrder> outbox = new ArrayList<>(List.of(new LifeOrder.Train(1)));
    final List<Request> requests = new ArrayList<>();
    final List<Request> history = new ArrayList<>();
    final Deque<LifeEvent.Trained> announcements = new ArrayDeque<>();
    final List<UUID> control = new ArrayList<>();
    final List<SimulatedWorker> workers = new ArrayList<>();
    final Set<UUID> stored = new HashSet<>();
    private int trainings = 1;
    private int evaluations;
    private int made;
    private UUID evaluatedRun;

    // --- The api

    Life life() {
        return life[0];
    }

    void apply(LifeEvent event) {
        boolean settled = life().isSettled();
        boolean evaluated = !settled && life().kind() == Kind.EVALUATION;
        Step step = event.on(life());
        assertThat(step.life().attempt() >= life().attempt() || step.life().kind() != life().kind())
                .as("attempts of one kind never fall: %s", event)
                .isTrue();
        life[0] = step.life();
        for (LifeOrder order : step.orders()) {
            assertThat(settled && !(order instanceof LifeOrder.CallOff))
                    .as("a settled model wants nothing but peace: %s", order)
                    .isFalse();
            if (order instanceof LifeOrder.Fail fail) {
                assertThat(fail.reason()).as("a failure says why").isNotBlank();
                endings.add("TRAINING_FAILED");
            } else {
                assertThatNothingIsAskedForTwice(order, evaluated);
                outbox.add(order);
            }
        }
    }

    /** Where what was to be evaluated is gone, trainings are counted anew. */
    private void assertThatNothingIsAskedForTwice(LifeOrder order, boolean anew) {
        if (order instanceof LifeOrder.Train train) {
            assertThat(train.attempt()).as("the attempt of a training").isGreaterThan(anew ? 1 : trainings);
            trainings = train.attempt();
        } else if (order instanceof LifeOrder.Evaluate evaluate) {
            assertThat(evaluate.attempt()).as("the attempt of an evaluation").isGreaterThan(evaluations);
            evaluations = evaluate.attempt();
        }
    }

    /** The relay sends the order, and dies before it notes that, where it is to be sent again. */
    void publish(int index, boolean again) {
        LifeOrder order = again ? outbox.get(index) : outbox.remove(index);
        if (order instanceof LifeOrder.Train train) {
            request(new Request(Kind.TRAINING, train.attempt(), null));
        } else if (order instanceof LifeOrder.Evaluate evaluate) {
            announce(evaluate.artifact(), evaluate.attempt());
        } else if (order instanceof LifeOrder.CallOff callOff) {
            control.add(callOff.runId());
        }
    }

    void look() {
        if (life().isOrphaned() && life().last().state() != State.FINISHED) {
            lookAgain();
        }
    }

    /** As {@link #look}, and a run that ended well and brought nothing is wondered about as well. */
    void lookAgain() {
        if (life().isOrphaned()) {
            Optional<Artifact> left = life().runs().stream()
                    .filter(run -> run.kind() == Kind.TRAINING && stored.contains(run.runId()))
                    .map(run -> artifact(run.runId()))
                    .findFirst();
            apply(new LifeEvent.Abandoned(life().attempt(), left));
        }
    }

    /** The committed offsets are beyond the request, and no run has started. */
    void missRequest() {
        if (life().isQueued()
                && requests.stream().noneMatch(this::isPresent)
                && outbox.isEmpty()
                && !runEvents.hasNews()) {
            apply(new LifeEvent.Undelivered(life().phase().orElseThrow(), life().attempt()));
        }
    }

    private boolean isPresent(Request request) {
        return request.kind() == life().kind() && request.attempt() == life().attempt();
    }

    // --- The workers

    /** A worker takes the request and says so. Where its claim is not committed, the request stays. */
    void deliver(int index, boolean committed, boolean alive) {
        Request request = committed ? requests.remove(index) : requests.get(index);
        Run run = new Run(new UUID(1, ++made), request.kind(), MODEL, ARN, request.attempt());
        SimulatedWorker worker = new SimulatedWorker(run, request.trainingRun());
        workers.add(worker);
        say(worker, new LifeEvent.Started(run, "worker-" + made));
        if (!committed && alive) {
            say(worker, new LifeEvent.Interrupted(run));
        }
        worker.body = !alive ? Body.DEAD : committed ? Body.ALIVE : Body.DONE;
    }

    void work(SimulatedWorker worker) {
        if (worker.toldToStop) {
            worker.body = Body.DONE;
        } else if (worker.isTraining()) {
            train(worker);
        } else {
            evaluate(worker);
        }
    }

    private void train(SimulatedWorker worker) {
        UUID run = worker.run.runId();
        switch (worker.step++) {
            case SimulatedWorker.STEPS -> stored.add(run);
            case SimulatedWorker.STEPS + 1 -> announce(artifact(run), 1);
            case SimulatedWorker.STEPS + 2 -> end(worker, new LifeEvent.Finished(worker.run));
            default -> progress(worker);
        }
    }

    private void evaluate(SimulatedWorker worker) {
        UUID run = worker.run.runId();
        switch (worker.step++) {
            case SimulatedWorker.STEPS -> claimWin(worker);
            case SimulatedWorker.STEPS + 1 -> publishWinner();
            case SimulatedWorker.STEPS + 2 -> end(worker, new LifeEvent.Finished(worker.run));
            default -> progress(worker);
        }
    }

    private void claimWin(SimulatedWorker worker) {
        if (!life().isSettled() && life().winner().isEmpty()) {
            assertThat(stored).as("what is evaluated is there").contains(worker.trainingRun);
            evaluatedRun = worker.trainingRun;
            Optional<UUID> winner = Optional.of(worker.run.runId());
            Life now = life();
            life[0] = new Life(now.phase(), now.attempt(), now.spent(), now.artifact(), winner, now.runs());
        }
    }

    private void publishWinner() {
        if (!life().isSettled()) {
            assertThat(life().winner()).isPresent();
            Life now = life();
            life[0] = new Life(Optional.empty(), now.attempt(), now.spent(), now.artifact(), now.winner(), now.runs());
            endings.add("TRAINED");
        }
    }

    void interrupt(SimulatedWorker worker) {
        end(worker, new LifeEvent.Interrupted(worker.run));
    }

    void fail(SimulatedWorker worker, Cause cause) {
        end(worker, new LifeEvent.Failed(worker.run, cause, "because of " + cause));
    }

    private void end(SimulatedWorker worker, LifeEvent last) {
        if (!worker.toldToStop) {
            say(worker, last);
        }
        worker.body = Body.DONE;
    }

    /** Five seconds pass: whoever lives is heard, then the clock ticks. */
    void beat() {
        for (SimulatedWorker worker : workers) {
            if ((worker.is(Body.ALIVE) || worker.is(Body.STUCK)) && !worker.toldToStop) {
                say(worker, new LifeEvent.Heard(worker.run));
            }
        }
        runEvents.tick();
    }

    void hearControl(int index) {
        worker(control.get(index)).toldToStop = true;
    }

    private void say(SimulatedWorker worker, LifeEvent event) {
        runEvents.say(worker.run.runId(), event, false);
    }

    private void progress(SimulatedWorker worker) {
        runEvents.say(worker.run.runId(), new LifeEvent.Heard(worker.run), true);
    }

    private void announce(Artifact artifact, int attempt) {
        announcements.add(new LifeEvent.Trained(artifact, attempt));
        request(new Request(Kind.EVALUATION, attempt, artifact.trainingRunId()));
    }

    private void request(Request request) {
        requests.add(request);
        history.add(request);
    }

    private SimulatedWorker worker(UUID run) {
        return workers.stream()
                .filter(it -> it.run.runId().equals(run))
                .findFirst()
                .orElseThrow();
    }

    private static Artifact artifact(UUID run) {
        return new Artifact(run, "key-of-" + run, Optional.of("aa"), 7);
    }

    /** What holds at any moment. */
    void check() {
        assertThat(endings).as("a model leaves TRAINING once").hasSizeLessThanOrEqualTo(1);
        assertThat(life().isSettled()).as("settled, and said so").isEqualTo(!endings.isEmpty());
        if (endings.contains("TRAINED")) {
            assertThat(stored).as("what is served is there").contains(evaluatedRun);
        }
        assertThat(life().spent().lost()).isLessThanOrEqualTo(Spent.MOST_LOST);
        runEvents.check();
    }
}
