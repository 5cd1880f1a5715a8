package io.vedette.anomaly.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * How well predicted masks of one label cover the true ones. What would be 0/0 is 0.
 *
 * @param precision of the pixels of all images taken together
 * @param recall of the pixels of all images taken together
 * @param f1 their harmonic mean
 * @param meanIou intersection over union, averaged over the images where truth or prediction has the label
 * @param images with the label in their truth
 */
public record LabelMetrics(String label, double precision, double recall, double f1, double meanIou, int images) {

    /** Adds up images one by one; keeps a few numbers a label. Not for use by two threads at once. */
    public static final class Sum {
        private final List<String> labels;
        private final long[] both;
        private final long[] predicted;
        private final long[] actual;
        private final double[] iou;
        private final int[] seen;
        private final int[] images;

        /** @param labels of the values 1, 2, …; 0 is background */
        public Sum(List<String> labels) {
            this.labels = List.copyOf(labels);
            both = new long[labels.size()];
            predicted = new long[labels.size()];
            actual = new long[labels.size()];
            iou = new double[labels.size()];
            seen = new int[labels.size()];
            images = new int[labels.size()];
        }

        /**
         * @param truth the label of each pixel, 0 for background
         * @param prediction the same of the same image
         * @throws IllegalArgumentException if they differ in size or hold a label that is none; then nothing was added
         */
        public void add(byte[] truth, byte[] prediction) {
            if (truth.length != prediction.length) throw new IllegalArgumentException("the masks differ in size");
            int count = labels.size();
            long[][] here = new long[count + 1][count + 1];
            for (int i = 0; i < truth.length; i++) {
                if (truth[i] < 0 || truth[i] > count || prediction[i] < 0 || prediction[i] > count)
                    throw new IllegalArgumentException("a pixel has a label that there is not");
                here[truth[i]][prediction[i]]++;
            }
            for (int k = 1; k <= count; k++) {
                long hits = here[k][k];
                long said = 0;
                long is = 0;
                for (int other = 0; other <= count; other++) {
                    said += here[other][k];
                    is += here[k][other];
                }
                count(k - 1, hits, said, is);
            }
        }

        private void count(int k, long hits, long said, long is) {
            both[k] += hits;
            predicted[k] += said;
            actual[k] += is;
            if (is > 0) images[k]++;
            if (is + said == 0) return;
            seen[k]++;
            iou[k] += (double) hits / (is + said - hits);
        }

        /** Of each label, in their order. */
        public List<LabelMetrics> metrics() {
            List<LabelMetrics> all = new ArrayList<>();
            for (int k = 0; k < labels.size(); k++)
                all.add(new LabelMetrics(
                        labels.get(k),
                        ratio(both[k], predicted[k]),
                        ratio(both[k], actual[k]),
                        ratio(2 * both[k], predicted[k] + actual[k]),
                        ratio(iou[k], seen[k]),
                        images[k]));
            return all;
        }

        private static double ratio(double part, double whole) {
            return whole == 0 ? 0 : part / whole;
        }
    }
}
