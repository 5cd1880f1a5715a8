package io.vedette.evaluator;

import io.vedette.anomaly.PixelScores;
import io.vedette.anomaly.metric.Curve;
import io.vedette.anomaly.metric.HeatMetrics;
import io.vedette.anomaly.metric.Histogram;
import io.vedette.anomaly.metric.ImageMetrics;
import io.vedette.anomaly.metric.Interval;
import io.vedette.common.artifact.EvaluationResult;
import io.vedette.common.artifact.VedetteEvaluation;
import io.vedette.common.artifact.VedetteEvaluation.HeatScale;
import io.vedette.common.artifact.VedetteEvaluation.Pixels;
import io.vedette.common.dataset.Label;
import java.util.List;

/** What the file of our own says of an evaluation. */
final class Extension {
    private static final int BINS = 20;
    private static final double AUPRO_LIMIT = 0.3; // as in the literature (Bergmann et al. 2021)
    private static final HeatScale SCALE = new HeatScale(0, 0.5, 1);

    private Extension() {}

    static VedetteEvaluation of(
            EvaluationResult.Details details, Report.Subject subject, Scoring scoring, ImageMetrics metrics) {
        List<Scored> scored = scoring.scored();
        double[] scores =
                scored.stream().mapToDouble(image -> image.verdict().score()).toArray();
        boolean[] anomalous = new boolean[scores.length];
        for (int i = 0; i < anomalous.length; i++) {
            anomalous[i] = scored.get(i).isAnomaly();
        }
        boolean heated = scored.stream().anyMatch(image -> image.hottest().isPresent());
        return new VedetteEvaluation(
                VedetteEvaluation.VERSION,
                details,
                subject.learner(),
                subject.remarks(),
                scored.get(0).verdict().threshold(),
                new VedetteEvaluation.Confusion(metrics.tp(), metrics.fp(), metrics.tn(), metrics.fn()),
                intervals(metrics.intervals()),
                Curve.of(scores, anomalous).points().stream()
                        .map(Extension::point)
                        .toList(),
                histogram(Histogram.of(scores, anomalous, BINS)),
                heated ? SCALE : null,
                pixels(scoring.pixels()),
                scored.stream().map(Extension::image).toList());
    }

    private static VedetteEvaluation.Intervals intervals(ImageMetrics.Intervals of) {
        return new VedetteEvaluation.Intervals(
                interval(of.precision()), interval(of.recall()), interval(of.specificity()), interval(of.accuracy()));
    }

    private static VedetteEvaluation.Interval interval(Interval of) {
        return new VedetteEvaluation.Interval(of.low(), of.high());
    }

    private static VedetteEvaluation.Point point(Curve.Point of) {
        return new VedetteEvaluation.Point(
                of.threshold(),
                of.truePositives(),
                of.falsePositives(),
                of.recall(),
                of.falsePositiveRate(),
                of.precision());
    }

    private static VedetteEvaluation.Histogram histogram(Histogram of) {
        return new VedetteEvaluation.Histogram(of.edges(), of.normal(), of.anomalous());
    }

    private static Pixels pixels(PixelScores of) {
        return of.heat().map(heat -> pixels(of.images(), heat)).orElse(null);
    }

    private static Pixels pixels(int images, HeatMetrics heat) {
        return new Pixels(images, heat.regions(), heat.rocAuc(), heat.aupro(AUPRO_LIMIT), heat.bestF1());
    }

    private static VedetteEvaluation.Image image(Scored of) {
        return new VedetteEvaluation.Image(
                of.entry().sourceRef(),
                (of.isAnomaly() ? Label.ANOMALY : Label.NORMAL).className(),
                of.verdict().score(),
                of.verdict().anomalous(),
                of.verdict().confidence(),
                of.hottest().orElse(null));
    }
}
