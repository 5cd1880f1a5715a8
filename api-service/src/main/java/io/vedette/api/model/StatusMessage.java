package io.vedette.api.model;

import io.vedette.common.ModelStatus;
import io.vedette.persistence.Hosting;
import io.vedette.persistence.Model;
import io.vedette.persistence.TrackedRun;
import io.vedette.persistence.TrackedRun.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a caller is told of a model: AWS's sentence first and whole, ours after one space (specification §3.2). */
public final class StatusMessage {
    static final String TRAINING = "The model is being trained.";
    static final String DELETING = "The model is being deleted.";
    static final String TRAINED = "Training completed successfully.";

    private StatusMessage() {}

    /**
     * @param run the run that works at the model, if one does
     * @param before the last run of the attempt before, if one was begun
     * @param queuePosition counted from 1; meaningful only while the model waits for a trainer
     */
    static String of(Model model, Optional<TrackedRun> run, Optional<TrackedRun> before, long queuePosition) {
        return switch (model.status()) {
            case TRAINING -> TRAINING + " " + String.join(" ", progress(model, run, before, queuePosition));
            case TRAINED -> ofTrained(model);
            case TRAINING_FAILED -> model.detail().orElse("The model failed.");
            case DELETING -> DELETING;
            default -> throw new IllegalArgumentException("a model that is " + model.status() + " has a hosting");
        };
    }

    /** Whether a model in this state is hosted, or on its way there or back. */
    static boolean isOfHosting(ModelStatus status) {
        return switch (status) {
            case STARTING_HOSTING, HOSTED, STOPPING_HOSTING, HOSTING_FAILED, SYSTEM_UPDATING -> true;
            case TRAINING, TRAINED, TRAINING_FAILED, DELETING -> false;
        };
    }

    /** Of a model that is hosted, or on its way there or back. */
    public static String ofHosting(ModelStatus status, Optional<Hosting> hosting) {
        return switch (status) {
            case STARTING_HOSTING -> "The model is starting.";
            case HOSTED -> "The model is running.";
            case STOPPING_HOSTING -> "The model is stopping.";
            case HOSTING_FAILED -> hosting.flatMap(Hosting::failure).orElse("The model could not be hosted.");
            case SYSTEM_UPDATING -> "The model is being updated.";
            default -> throw new IllegalArgumentException("a model that is " + status + " is not hosted");
        };
    }

    /** Of a model that is TRAINED, for the first time or again. */
    public static String ofTrained(Model model) {
        return TRAINED + model.detail().map(remark -> " " + remark).orElse("");
    }

    private static List<String> progress(
            Model model, Optional<TrackedRun> run, Optional<TrackedRun> before, long queuePosition) {
        List<String> sentences = new ArrayList<>();
        if (model.attempt() > 1) {
            String why = before.map(TrackedRun::state).map(StatusMessage::end).orElse("its request was lost");
            sentences.add("This is attempt " + model.attempt() + ", after " + why + ".");
        }
        sentences.add(
                switch (model.phase().orElseThrow()) {
                    case QUEUED -> "It is queued at about position " + queuePosition + ".";
                    case TRAINING -> "Training" + detail(run) + ".";
                    case EVALUATION_QUEUED -> "It is trained and waits for its evaluation.";
                    case EVALUATING -> "Evaluating" + detail(run) + ".";
                });
        return sentences;
    }

    /** How an attempt came to an end, where another follows. One that was lost and spoke again was called off. */
    private static String end(State state) {
        return switch (state) {
            case LOST, CANCELLED, RUNNING -> "a lost worker";
            case FAILED -> "a failure";
            case INTERRUPTED -> "an interruption";
            case FINISHED -> "one that brought nothing";
        };
    }

    private static String detail(Optional<TrackedRun> run) {
        return run.flatMap(it ->
                        it.phase().map(step -> ": " + step + (it.total() > 0 ? ", " + percent(it) + " %" : "")))
                .orElse("");
    }

    /** Of the step that the run is at, which has a total: 0 to 100. */
    static int percent(TrackedRun run) {
        return (int) (100 * Math.min(run.done(), run.total()) / run.total());
    }
}
