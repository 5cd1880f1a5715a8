package io.vedette.anomaly;

import java.util.List;

/** Turns photographs into a model. */
public final class Learner implements AutoCloseable {
    public Learner(LearnerSettings settings) {}

    public TrainedModel learn(List<Example> examples, Progress progress) {
        throw new UnsupportedOperationException("nothing is learned yet");
    }

    @Override
    public void close() {}
}
