package io.vedette.anomaly.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelMetricsTest {
    private static final List<String> LABELS = List.of("scratch", "stain", "missing");

    @Test
    void anyMasksMeasureAsInTheSlowTwin() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            // Given
            List<byte[]> truths = new ArrayList<>();
            List<byte[]> predictions = new ArrayList<>();
            LabelMetrics.Sum sum = new LabelMetrics.Sum(LABELS);
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                int pixels = 1 + random.nextInt(10);
                truths.add(mask(random, pixels));
                predictions.add(mask(random, pixels));
                // When
                sum.add(truths.get(i), predictions.get(i));
            }
            // Then
            for (int k = 1; k <= 3; k++)
                assertThat(sum.metrics().get(k - 1))
                        .usingRecursiveComparison()
                        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                        .isEqualTo(slow(k, truths, predictions));
        }
    }

    private static byte[] mask(Random random, int pixels) {
        byte[] mask = new byte[pixels];
        for (int i = 0; i < pixels; i++) mask[i] = (byte) Math.max(0, random.nextInt(6) - 2);
        return mask;
    }

    private static LabelMetrics slow(int k, List<byte[]> truths, List<byte[]> predictions) {
        double tp = 0;
        double fp = 0;
        double fn = 0;
        List<Double> ious = new ArrayList<>();
        int images = 0;
        for (int i = 0; i < truths.size(); i++) {
            double intersection = 0;
            double union = 0;
            boolean present = false;
            for (int at = 0; at < truths.get(i).length; at++) {
                boolean is = truths.get(i)[at] == k;
                boolean said = predictions.get(i)[at] == k;
                if (is && said) tp++;
                if (!is && said) fp++;
                if (is && !said) fn++;
                if (is && said) intersection++;
                if (is || said) union++;
                present |= is;
            }
            if (union > 0) ious.add(intersection / union);
            if (present) images++;
        }
        double precision = tp + fp == 0 ? 0 : tp / (tp + fp);
        double recall = tp + fn == 0 ? 0 : tp / (tp + fn);
        double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        double iou = ious.stream().mapToDouble(x -> x).average().orElse(0);
        return new LabelMetrics(LABELS.get(k - 1), precision, recall, f1, iou, images);
    }

    @Test
    void labelThatNeverOccursIsWorthNothingAndCountsNoImage() {
        // Given
        LabelMetrics.Sum sum = new LabelMetrics.Sum(LABELS);
        // When
        sum.add(new byte[] {0, 1}, new byte[] {0, 1});
        // Then
        assertThat(sum.metrics())
                .containsExactly(
                        new LabelMetrics("scratch", 1, 1, 1, 1, 1),
                        new LabelMetrics("stain", 0, 0, 0, 0, 0),
                        new LabelMetrics("missing", 0, 0, 0, 0, 0));
    }

    @Test
    void falseAlarmOnAnImageWithoutTheLabelLowersTheMeanOverlap() {
        // Given
        LabelMetrics.Sum sum = new LabelMetrics.Sum(List.of("scratch"));
        // When
        sum.add(new byte[] {1, 1, 0}, new byte[] {1, 0, 0});
        sum.add(new byte[] {0, 0, 0}, new byte[] {1, 0, 0});
        sum.add(new byte[] {0, 0, 0}, new byte[] {0, 0, 0});
        // Then
        LabelMetrics scratch = sum.metrics().get(0);
        assertThat(scratch.meanIou()).isCloseTo(0.25, within(1e-12));
        assertThat(scratch.precision()).isCloseTo(0.5, within(1e-12));
        assertThat(scratch.images()).isEqualTo(1);
    }

    @Test
    void masksThatDoNotFitAreRefused() {
        LabelMetrics.Sum sum = new LabelMetrics.Sum(List.of("scratch"));
        assertThatThrownBy(() -> sum.add(new byte[2], new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sum.add(new byte[] {2}, new byte[] {0})).isInstanceOf(IllegalArgumentException.class);
        assertThat(sum.metrics()).containsExactly(new LabelMetrics("scratch", 0, 0, 0, 0, 0));
    }
}
