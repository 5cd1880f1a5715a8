package io.vedette.trainer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import java.util.UUID;

/**
 * A line that a training process says to the worker that started it; one member is there. Whoever adds a member keeps both
 * sides of one version: they are always of the same build.
 *
 * @param progress how far it is
 * @param trained the end: a complete artifact
 * @param mistake the end: what the user has to mend
 * @param unavailable the end: the object store was away for too long
 * @param fault the end: what went wrong with us
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrainingMessage(Progress progress, ModelTrained trained, String mistake, String unavailable, String fault) {

    record Progress(String phase, long done, long total) {}

    /**
     * What the process is to do; the one line that it is given.
     *
     * @param version of the program
     * @param traceparent of the run, or null
     */
    record Order(UUID runId, TrainRequested request, String version, String traceparent) {}

    static TrainingMessage of(Progress progress) {
        return new TrainingMessage(progress, null, null, null, null);
    }

    static TrainingMessage of(ModelTrained trained) {
        return new TrainingMessage(null, trained, null, null, null);
    }

    static TrainingMessage mistake(String sentence) {
        return new TrainingMessage(null, null, sentence, null, null);
    }

    static TrainingMessage unavailable(String sentence) {
        return new TrainingMessage(null, null, null, sentence, null);
    }

    static TrainingMessage fault(String sentence) {
        return new TrainingMessage(null, null, null, null, sentence);
    }

    boolean isEnd() {
        return progress == null;
    }
}
