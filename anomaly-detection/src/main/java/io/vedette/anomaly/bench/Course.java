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
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One set with one seed: all learners are tried on the same photographs. */
final class Course implements AutoCloseable {
    private static final double AUPRO_LIMIT = 0.3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final Plan.PhotoSet set;
    private final int seed;
    private final Consumer<String> progress;
    private final LearnerSettings settings;

    Course(Plan plan, Plan.PhotoSet set, int seed, Consumer<String> progress) {
        this.plan = plan;
        this.set = set;
        this.seed = seed;
        this.progress = progress;
        settings = new LearnerSettings(plan.backbone(), plan.imageSide(), seed, plan.threads(), plan.device());
    }

    /** @throws IllegalArgumentException for a learner, a backbone or a device that is not there */
    Trial trial(String name) throws IOException {
        String title = set.name() + ", " + name + ", seed " + seed;
        PeakMemory.forget();
        List<Example> examples = set.train().stream().map(FileExample::of).toList();
        try (Learner learner = new Learner(settings.withLearner(name))) {
            long start = System.nanoTime();
            TrainedModel model;
            try {
                model = learner.learn(examples, (phase, done, total) -> report(title, phase, done, total));
            } catch (IllegalArgumentException | BadImage unfit) {
                return Trial.failed(set.name(), name, seed, unfit.getMessage());
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            try (model) {
                return measured(name, title, model, seconds);
            }
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
        OptionalLong peak = PeakMemory.megabytes();
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
                peak.isPresent() ? peak.getAsLong() : null,
                model.remarks(),
                verdicts == null ? null : verdicts.write().toString());
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
    public void close() {}
}
