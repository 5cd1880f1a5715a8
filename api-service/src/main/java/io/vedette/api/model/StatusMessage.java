package io.vedette.api.model;

import io.vedette.persistence.Model;
import io.vedette.persistence.TrackedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a caller is told of a model: AWS's sentence first and whole, ours after one space (specification §3.2). */
final class StatusMessage {
    static final String TRAINING = "The model is being trained.";
    static final String TRAINED = "Training completed successfully.";

    private StatusMessage() {}

    /**
     * @param run the run that works at the model, if one does
     * @param queuePosition counted from 1; meaningful only while the model waits for a trainer
     */
    static String of(Model model, Optional<TrackedRun> run, long queuePosition) {
        return switch (model.status()) {
            case TRAINING -> TRAINING + " " + String.join(" ", progress(model, run, queuePosition));
            case TRAINED -> TRAINED + model.detail().map(remark -> " " + remark).orElse("");
            case TRAINING_FAILED, HOSTING_FAILED -> model.detail().orElse("The model failed.");
            case STARTING_HOSTING -> "The model is starting.";
            case HOSTED -> "The model is running.";
            case STOPPING_HOSTING -> "The model is stopping.";
            case SYSTEM_UPDATING -> "The model is being updated.";
            case DELETING -> "The model is being deleted.";
        };
    }

    private static List<String> progress(Model model, Optional<TrackedRun> run, long queuePosition) {
        List<String> sentences = new ArrayList<>();
        if (model.attempt() > 1) {
            String why = model.lostAttempts() > 0 ? "a lost worker" : "an interruption";
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
