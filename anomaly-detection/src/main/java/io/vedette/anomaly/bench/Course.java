package io.vedette.anomaly.bench;

import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.Example;
import io.vedette.anomaly.Learner;
import io.vedette.anomaly.LearnerSettings;
import io.vedette.anomaly.PixelScores;
import io.vedette.anomaly.TrainedModel;
import io.vedette.anomaly.Verdict;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.metric.Curve;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One set with one seed: all learners learn from what the network made of the same photographs, which it sees once. */
final class Course implements AutoCloseable {
    private static final double AUPRO_LIMIT = 0.3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final Plan.PhotoSet set;
    private final int seed;
    private final Consumer<String> progress;
    private final Learner learner;
    private final Learner.Lesson lesson;
    private final double lookSeconds;
    private final OptionalLong lookMegabytes;

    /**
     * @throws IllegalArgumentException for a backbone or a device that is not there
     * @throws BadImage if a photograph or a mask cannot be used
     */
    Course(Plan plan, Plan.PhotoSet set, int seed, Consumer<String> progress) {
        this.plan = plan;
        this.set = set;
        this.seed = seed;
        this.progress = progress;
        PeakMemory.forget();
        long start = System.nanoTime();
        learner =
                new Learner(new LearnerSettings(plan.backbone(), plan.imageSide(), seed, plan.threads(), plan.device())
                        .withScratch(Path.of(plan.scratch())));
        List<Example> examples = set.train().stream().map(FileExample::of).toList();
        String title = set.name() + ", seed " + seed;
        lesson = learner.look(examples, (phase, done, total) -> report(title, phase, done, total));
        lookSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        lookMegabytes = PeakMemory.megabytes();
    }

    /** @return a failed trial if the learner needs what the set does not have */
    Trial trial(String name) throws IOException {
        String title = set.name() + ", seed " + seed + ", " + name;
        PeakMemory.forget();
        Duration saved = lesson.saved();
        long start = System.nanoTime();
        TrainedModel model;
        try {
            model = lesson.learn(name, (phase, done, total) -> report(title, phase, done, total));
        } catch (IllegalArgumentException unfit) {
            return Trial.failed(set.name(), name, seed, unfit.getMessage());
        }
        long nanos = System.nanoTime() - start + lesson.saved().minus(saved).toNanos();
        double seconds = lookSeconds + nanos / NANOS_PER_SECOND;
        try (model) {
            return measured(name, title, model, seconds);
        }
    }

    private Trial measured(String name, String title, TrainedModel model, double trainSeconds) throws IOException {
        int count = set.test().size();
        double[] scores = new double[count];
        boolean[] anomalous = new boolean[count];
        PixelScores pixels = new PixelScores(model.defects());
        Verdicts verdicts = seed == 0 ? new Verdicts(folder(name)) : null;
        double threshold = 0;
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            report(title, "Scoring", i, count);
            Plan.Photo photo = set.test().get(i);
            Example example = FileExample.of(photo);
            byte[] bytes = Files.readAllBytes(Path.of(photo.file()));
            long start = System.nanoTime();
            Verdict verdict = model.inspect(example.photograph());
            nanos += System.nanoTime() - start;
            scores[i] = verdict.score();
            anomalous[i] = photo.anomalous();
            threshold = verdict.threshold();
            Dimensions size = ImageFile.of(photo.file(), bytes).dimensions();
            pixels.add(verdict, example, size);
            if (verdicts != null) verdicts.add(photo, verdict);
        }
        return new Trial(
                set.name(),
                name,
                seed,
                model.learnerName(),
                null,
                threshold,
                ImageMetrics.of(scores, anomalous, threshold),
                Curve.of(scores, anomalous).bestF1(),
                pixels(pixels),
                pixels.labels(),
                trainSeconds,
                nanos / 1e6 / count,
                peakMegabytes(),
                model.remarks(),
                verdicts == null ? null : verdicts.write().toString());
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
        return Path.of(plan.output()).resolve(set.name()).resolve(learner);
    }

    private void report(String title, String phase, long done, long total) {
        progress.accept(title + ": " + phase + " " + done + "/" + total);
    }

    @Override
    public void close() {
        lesson.close();
        learner.close();
    }
}
