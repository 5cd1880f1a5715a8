package io.vedette.anomaly.bench;

import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.Example;
import io.vedette.anomaly.Learner;
import io.vedette.anomaly.LearnerSettings;
import io.vedette.anomaly.PixelScores;
import io.vedette.anomaly.Sights;
import io.vedette.anomaly.TrainedModel;
import io.vedette.anomaly.Verdict;
import io.vedette.anomaly.metric.Curve;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One set: all learners, with all seeds, learn from what the network made of the same photographs, which it sees once. */
final class Course implements AutoCloseable {
    private static final double AUPRO_LIMIT = 0.3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final Plan.PhotoSet set;
    private final Consumer<String> progress;
    private final List<Example> test;
    private final Learner learner;
    private final Learner.Lesson lesson;
    private final Sights sights;
    private final double lookSeconds;
    private final OptionalLong lookMegabytes;
    private int seed;

    /**
     * @throws IllegalArgumentException for a backbone or a device that is not there
     * @throws BadImage if a photograph or a mask cannot be used
     */
    Course(Plan plan, Plan.PhotoSet set, Consumer<String> progress) {
        this.plan = plan;
        this.set = set;
        this.progress = progress;
        PeakMemory.forget();
        long start = System.nanoTime();
        learner = new Learner(new LearnerSettings(plan.backbone(), plan.imageSide(), 0, plan.threads(), plan.device())
                .withScratch(Path.of(plan.scratch())));
        List<Example> examples = set.train().stream().map(FileExample::of).toList();
        lesson = learner.look(examples, (phase, done, total) -> report(set.title(), phase, done, total));
        lookSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        lookMegabytes = PeakMemory.megabytes();
        test = set.test().stream().map(FileExample::of).toList();
        sights = lesson.see(
                test.stream().map(Example::photograph).toList(),
                (phase, done, total) -> report(set.title(), phase, done, total));
    }

    /** For the trials to come. */
    void reseed(int other) {
        seed = other;
        lesson.reseed(other);
    }

    /** @return a failed trial if the learner needs what the set does not have */
    Trial trial(String name) throws IOException {
        String title = set.title() + ", seed " + seed + ", " + name;
        PeakMemory.forget();
        Duration saved = lesson.saved();
        long start = System.nanoTime();
        TrainedModel model;
        try {
            model = lesson.learn(name, (phase, done, total) -> report(title, phase, done, total));
        } catch (IllegalArgumentException unfit) {
            return Trial.failed(set.name(), name, seed, fold(), unfit.getMessage());
        }
        long nanos = System.nanoTime() - start + lesson.saved().minus(saved).toNanos();
        double seconds = lookSeconds + nanos / NANOS_PER_SECOND;
        try (model) {
            return measured(name, title, model, seconds);
        }
    }

    private Trial measured(String name, String title, TrainedModel model, double trainSeconds) throws IOException {
        int count = test.size();
        double[] scores = new double[count];
        boolean[] anomalous = new boolean[count];
        PixelScores pixels = new PixelScores(model.defects());
        Verdicts verdicts = seed == 0 ? new Verdicts(folder(name)) : null;
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            report(title, "Scoring", i, count);
            long start = System.nanoTime();
            Verdict verdict = sights.verdict(model, i);
            nanos += System.nanoTime() - start;
            scores[i] = verdict.score();
            anomalous[i] = test.get(i).anomalous();
            pixels.add(verdict, test.get(i), sights.images());
            if (verdicts != null) verdicts.add(set.test().get(i), verdict);
        }
        return new Trial(
                set.name(),
                name,
                seed,
                fold(),
                model.learnerName(),
                null,
                model.threshold(),
                ImageMetrics.of(scores, anomalous, model.threshold()),
                Curve.of(scores, anomalous).bestF1(),
                pixels(pixels),
                pixels.labels(),
                trainSeconds,
                (sights.looking(model).toNanos() + nanos / (double) count) / 1e6,
                peakMegabytes(),
                model.remarks(),
                verdicts == null ? null : verdicts.write().toString());
    }

    private Integer fold() {
        return set.fold() == 0 ? null : set.fold();
    }

    /** Null where the system does not say. */
    private Long peakMegabytes() {
        OptionalLong now = PeakMemory.megabytes();
        return now.isPresent() ? Math.max(lookMegabytes.orElse(0), now.getAsLong()) : null;
    }

    private static Trial.Pixels pixels(PixelScores of) {
        return of.heat()
                .map(heat -> new Trial.Pixels(
                        of.images(), heat.regions(), heat.rocAuc(), heat.aupro(AUPRO_LIMIT), heat.bestF1()))
                .orElse(null);
    }

    private Path folder(String learner) {
        return Path.of(plan.output()).resolve(set.title()).resolve(learner);
    }

    private void report(String title, String phase, long done, long total) {
        progress.accept(title + ": " + phase + " " + done + "/" + total);
    }

    @Override
    public void close() {
        sights.close();
        lesson.close();
        learner.close();
    }
}
