package io.vedette.anomaly;

import java.util.List;
import java.util.stream.IntStream;

/** Whether a model may score with a cheaper network than it was learned with: a few of the training's photographs tell. */
final class Parity {
    /** So far may a probability move. */
    static final double TOLERANCE = 1e-3;

    private static final int MOST = 16;
    /** P = 1 / (1 + exp(−x)) is nowhere steeper than this. */
    private static final double STEEPEST = 0.25;

    private final List<Photograph> photographs;
    private final Progress progress;

    /** @param examples of which some, evenly spread, are looked at again */
    Parity(List<Example> examples, Progress progress) {
        this.progress = progress;
        int count = Math.min(MOST, examples.size());
        photographs = IntStream.range(0, count)
                .mapToObj(i -> examples.get(i * examples.size() / count).photograph())
                .toList();
    }

    /** Whether no verdict changes, and no probability could move by more than {@link #TOLERANCE}. */
    boolean of(TrainedModel model, TrainedModel cheaper) {
        return furthest(model, cheaper) <= TOLERANCE;
    }

    /**
     * How far the probability of a photograph that stands in the middle would move, if its log-odds moved as far as the
     * furthest of these do. Training images stand far out, where hardly a move of the probability is seen.
     *
     * @return NaN if a verdict changes, or a score is no number
     */
    double furthest(TrainedModel model, TrainedModel cheaper) {
        double furthest = 0;
        for (int i = 0; i < photographs.size(); i++) {
            progress.at("Comparing precisions", i, photographs.size());
            TrainedModel.Prepared prepared = model.prepare(photographs.get(i));
            Verdict before = model.inspect(prepared, model.threshold(), () -> {});
            Verdict after = cheaper.inspect(prepared, model.threshold(), () -> {});
            if (after.anomalous() != before.anomalous()) return Double.NaN;
            furthest = Math.max(furthest, Math.abs(after.score() - before.score()));
        }
        progress.at("Comparing precisions", photographs.size(), photographs.size());
        return STEEPEST * model.calibration().slope() * furthest;
    }
}
