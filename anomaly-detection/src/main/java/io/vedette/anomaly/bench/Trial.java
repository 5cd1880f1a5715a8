package io.vedette.anomaly.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vedette.anomaly.metric.ImageMetrics;
import io.vedette.anomaly.metric.LabelMetrics;
import java.util.List;

/**
 * One learner on one set with one seed, and how it did on the test images.
 *
 * @param learner as asked for
 * @param fold which part of the training images was held out, from 1; null if the test images are others
 * @param chosen what the model was learned with; null if it could not be learned
 * @param error why it could not be; null if it could
 * @param image at the threshold that the learner chose
 * @param bestF1 at the threshold that the test images would choose: what a perfect choice could reach
 * @param pixels null without masks in the test set, or without heat
 * @param labels of the defects that the model names
 * @param trainSeconds from the photographs to the model
 * @param msPerImage from a photograph's bytes to its verdict, one after the other
 * @param peakMemoryMb of the process meanwhile, heap and native; null where the system does not say
 * @param verdicts a file with what each test image got; null but for the first seed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trial(
        String set,
        String learner,
        int seed,
        Integer fold,
        String chosen,
        String error,
        Double threshold,
        ImageMetrics image,
        Double bestF1,
        Pixels pixels,
        List<LabelMetrics> labels,
        Double trainSeconds,
        Double msPerImage,
        Long peakMemoryMb,
        List<String> remarks,
        String verdicts) {

    /**
     * @param images normal ones, and anomalies with a mask
     * @param regions connected defects in the masks
     */
    record Pixels(int images, long regions, double rocAuc, double aupro, double bestF1) {}

    static Trial failed(String set, String learner, int seed, Integer fold, String error) {
        return new Trial(
                set, learner, seed, fold, null, error, null, null, null, null, null, null, null, null, null, null);
    }
}
