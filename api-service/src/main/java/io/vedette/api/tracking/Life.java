package io.vedette.api.tracking;

import io.vedette.api.tracking.LifeOrder.CallOff;
import io.vedette.api.tracking.LifeOrder.Evaluate;
import io.vedette.api.tracking.LifeOrder.Fail;
import io.vedette.api.tracking.LifeOrder.Train;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun;
import io.vedette.persistence.TrackedRun.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where the work at one model stands, and every run of it that was heard of. A value without clock or database: what
 * happens to it is a {@link LifeEvent}, what has to be done then a {@link LifeOrder}.
 *
 * @param phase empty once the model is settled
 * @param attempt of the present kind of work that is wanted; a run of an older one is superseded
 * @param spent attempts of the present kind of work that are used up
 * @param artifact empty until a training run has left one
 * @param winner the evaluation run that has won, if one has
 * @param runs in the order in which they were heard of
 */
record Life(
        Optional<Phase> phase,
        int attempt,
        Spent spent,
        Optional<Artifact> artifact,
        Optional<UUID> winner,
        List<Known> runs) {

    /**
     * @param lost attempts whose worker was lost, or failed by a fault of ours
     * @param excused attempts that were interrupted, or that the infrastructure ended: no fault of the work
     */
    record Spent(int lost, int excused) {
        /** So many attempts may be lost before a model is given up. */
        static final int MOST_LOST = 3;
        /** An interruption says nothing against the work, but no work may go round for ever. */
        static final int MOST_EXCUSED = 50;

        static final Spent NOTHING = new Spent(0, 0);

        boolean isTooMuch() {
            return lost >= MOST_LOST || excused >= MOST_EXCUSED;
        }

        Spent and(State end) {
            boolean isExcused = end == State.INTERRUPTED || end == State.FINISHED;
            return isExcused ? new Spent(lost, excused + 1) : new Spent(lost + 1, excused);
        }
    }

    /** A run as far as the rules are concerned. */
    record Known(UUID runId, Kind kind, int attempt, String worker, State state, Optional<String> reason) {
        Known ended(State end, String why) {
            return new Known(runId, kind, attempt, worker, end, Optional.ofNullable(why));
        }

        /** How it came to an end without a result, in a sentence for people. */
        String ending() {
            return "Run " + runId + " of worker " + worker
                    + switch (state) {
                        case LOST -> " was not heard any more.";
                        case INTERRUPTED, FAILED ->
                            " has failed" + reason.map(why -> ": " + why).orElse(".");
                        case FINISHED -> " has finished, and nothing came of it.";
                        case RUNNING, CANCELLED -> " came to no result.";
                    };
        }

        /** Whether it may still bring a result. */
        boolean isOpen() {
            return state == State.RUNNING || state == State.LOST;
        }
    }

    /** What an event has made of a life, and what is to be done about it. */
    record Step(Life life, List<LifeOrder> orders) {
        Step and(Step more) {
            List<LifeOrder> all = new ArrayList<>(orders);
            all.addAll(more.orders);
            return new Step(more.life, List.copyOf(all));
        }
    }

    static Life of(Model model, List<TrackedRun> runs) {
        return new Life(
                model.phase(),
                model.attempt(),
                new Spent(model.lostAttempts(), model.excusedAttempts()),
                model.artifact(),
                model.evaluation().map(Model.Evaluation::winnerRunId),
                runs.stream().map(Life::known).toList());
    }

    private static Known known(TrackedRun run) {
        return new Known(run.runId(), run.kind(), run.attempt(), run.worker(), run.state(), run.reason());
    }

    boolean isSettled() {
        return phase.isEmpty();
    }

    /** What a model that is not settled needs next. */
    Kind kind() {
        return switch (phase.orElseThrow()) {
            case QUEUED, TRAINING -> Kind.TRAINING;
            case EVALUATION_QUEUED, EVALUATING -> Kind.EVALUATION;
        };
    }

    boolean isQueued() {
        return phase.filter(it -> it == Phase.QUEUED || it == Phase.EVALUATION_QUEUED)
                .isPresent();
    }

    Optional<Known> run(UUID runId) {
        return runs.stream().filter(it -> it.runId().equals(runId)).findFirst();
    }

    /** Whether anybody still waits for a run of this kind and attempt. */
    boolean wants(Kind kind, int runAttempt) {
        if (isSettled()) {
            return false;
        }
        // An evaluation may begin before the api has read that the training is over: the topics have no common order.
        return kind() == kind ? runAttempt == attempt : kind == Kind.EVALUATION;
    }

    /** Whether this run has brought what the model lives on, so that nothing remains to be called off. */
    boolean hasDelivered(UUID runId) {
        return artifact.filter(it -> it.trainingRunId().equals(runId)).isPresent()
                || winner.filter(runId::equals).isPresent();
    }

    /** Whether the present attempt was begun, and nobody works at it any more. */
    boolean isOrphaned() {
        return !isSettled() && !isQueued() && presentRuns().findAny().isPresent() && !hasWorker();
    }

    boolean hasWorker() {
        return presentRuns().anyMatch(it -> it.state() == State.RUNNING);
    }

    /** The run of the present attempt that was heard of last. */
    Known last() {
        return presentRuns().reduce((earlier, later) -> later).orElseThrow();
    }

    private Stream<Known> presentRuns() {
        return runs.stream().filter(it -> it.kind() == kind() && it.attempt() == attempt);
    }

    Step unchanged() {
        return new Step(this, List.of());
    }

    Step ordering(LifeOrder order) {
        return new Step(this, List.of(order));
    }

    Life moved(Phase next, int nextAttempt, Spent nextSpent) {
        return new Life(Optional.of(next), nextAttempt, nextSpent, artifact, winner, runs);
    }

    Life with(Artifact found) {
        return new Life(phase, attempt, spent, artifact.or(() -> Optional.of(found)), winner, runs);
    }

    /** A run has begun the work of its kind. */
    Life begun(Run run, String worker) {
        List<Known> more = new ArrayList<>(runs);
        more.add(new Known(run.runId(), run.kind(), run.attempt(), worker, State.RUNNING, Optional.empty()));
        Spent since = kind() == run.kind() ? spent : Spent.NOTHING;
        Phase working = run.kind() == Kind.TRAINING ? Phase.TRAINING : Phase.EVALUATING;
        return new Life(Optional.of(working), run.attempt(), since, artifact, winner, List.copyOf(more));
    }

    /** The run, if it is open, in another state. */
    Life changed(UUID runId, State state, String reason) {
        List<Known> changed = runs.stream()
                .map(it -> it.runId().equals(runId) && it.isOpen() ? it.ended(state, reason) : it)
                .toList();
        return new Life(phase, attempt, spent, artifact, winner, changed);
    }

    /** Tells the worker of one run, known or not, to stop. */
    Step callingOff(UUID runId, String reason) {
        return changed(runId, State.CANCELLED, reason).ordering(new CallOff(runId, reason));
    }

    /** Tells every worker that still works at the model, and is chosen, to stop. */
    Step callingOffAll(Predicate<Known> chosen, String reason) {
        Step step = unchanged();
        for (Known run : runs) {
            if (run.state() == State.RUNNING && chosen.test(run)) {
                step = step.and(step.life.callingOff(run.runId(), reason));
            }
        }
        return step;
    }

    /** There is an artifact: the model waits for an evaluator, and whoever else trains it may stop. */
    Step trained(Artifact found, int evaluationAttempt) {
        Life having = with(found);
        if (kind() != Kind.TRAINING) {
            return having.unchanged();
        }
        return having.moved(Phase.EVALUATION_QUEUED, evaluationAttempt, Spent.NOTHING)
                .callingOffAll(
                        run -> run.kind() == Kind.TRAINING && !run.runId().equals(found.trainingRunId()),
                        "another attempt has trained the model");
    }

    /** Hands the present work out again, or gives it up. An evaluation whose artifact is not known here yet waits for that. */
    Step again(Spent nowSpent, String why) {
        if (nowSpent.isTooMuch()) {
            return failed(why);
        }
        int next = attempt + 1;
        if (kind() == Kind.TRAINING) {
            return moved(Phase.QUEUED, next, nowSpent).ordering(new Train(next));
        }
        return artifact.map(it -> moved(Phase.EVALUATION_QUEUED, next, nowSpent).ordering(new Evaluate(it, next)))
                .orElseGet(this::unchanged);
    }

    /** Whether what is being evaluated is nowhere to be found. */
    boolean isWithoutArtifact() {
        return kind() == Kind.EVALUATION && artifact.isEmpty();
    }

    /** Trains the model once more because what was trained is gone, or gives it up; an evaluation that begins resets what is spent. */
    Step anew(Spent nowSpent, String why) {
        int next = runs.stream()
                        .filter(it -> it.kind() == Kind.TRAINING)
                        .mapToInt(Known::attempt)
                        .max()
                        .orElse(0)
                + 1;
        if (nowSpent.isTooMuch() || next > Spent.MOST_EXCUSED) {
            return failed(why);
        }
        return moved(Phase.QUEUED, next, nowSpent).ordering(new Train(next));
    }

    /** To TRAINING_FAILED; whoever still works at the model may stop. */
    Step failed(String reason) {
        Life settled = new Life(Optional.empty(), attempt, spent, artifact, winner, runs);
        return settled.ordering(new Fail(reason))
                .and(settled.callingOffAll(any -> true, "the model's training has failed"));
    }
}
