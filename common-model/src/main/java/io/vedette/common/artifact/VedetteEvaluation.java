package io.vedette.common.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vedette.common.S3Uri;
import java.util.List;

/**
 * {@code {Prefix}VedetteEvaluation-{ProjectName}-{ModelVersion}.json}, an extension beside the two files of AWS: with it a
 * threshold can be moved later without the images. Names are in UpperCamelCase as in those:
 *
 * <pre>{@code
 * {"Version":1,
 *  "EvaluationDetails":{"ModelArn":"…","EvaluationEndTimestamp":"…","NumberOfTrainingImages":60,"NumberOfTestingImages":30},
 *  "Learner":"fused","Remarks":[],"Threshold":0.41,
 *  "Confusion":{"TruePositives":11,"FalsePositives":1,"TrueNegatives":17,"FalseNegatives":1},
 *  "Intervals":{"Precision":{"Low":0.65,"High":0.99},"Recall":{…},"Specificity":{…},"Accuracy":{…}},
 *  "Curve":[{"Threshold":0.99,"TruePositives":1,"FalsePositives":0,"Recall":0.08,"FalsePositiveRate":0,"Precision":1},…],
 *  "Histogram":{"Edges":[0.01,0.06,…],"Normal":[9,5,…],"Anomaly":[0,1,…]},
 *  "HeatScale":{"Normal":0,"Threshold":0.5,"Most":1},
 *  "Pixels":{"Images":12,"Regions":14,"ROCAUC":0.98,"AUPRO":0.93,"BestF1":0.7},
 *  "Images":[{"SourceRef":"s3://…","Label":"anomaly","Score":0.97,"IsAnomalous":true,"Confidence":0.98,
 *             "Hottest":{"X":0.31,"Y":0.62,"Heat":0.9}},…]}
 * }</pre>
 *
 * @param version 1; the file's, not the model's
 * @param learner what the model was learned with
 * @param remarks sentences that the model's owner should read
 * @param threshold an image is anomalous where its score is not below; scores have no unit and may be negative
 * @param confusion images at the threshold
 * @param intervals where shares lie with 95 % confidence (Wilson 1927)
 * @param curve one point for each score that occurs, from the highest down: ROC and precision over recall at once
 * @param histogram of the scores by class
 * @param heatScale null for a model that knows only whole images
 * @param pixels null where no test image had both heat and a mask
 * @param images in the order of the EvaluationManifest
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record VedetteEvaluation(
        int version,
        EvaluationResult.Details evaluationDetails,
        String learner,
        List<String> remarks,
        double threshold,
        Confusion confusion,
        Intervals intervals,
        List<Point> curve,
        Histogram histogram,
        @JsonInclude(JsonInclude.Include.NON_NULL) HeatScale heatScale,
        @JsonInclude(JsonInclude.Include.NON_NULL) Pixels pixels,
        List<Image> images) {
    public static final int VERSION = 1;

    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Confusion(int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {}

    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Intervals(Interval precision, Interval recall, Interval specificity, Interval accuracy) {}

    /** Both 0 to 1. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Interval(double low, double high) {}

    /** What the threshold would give; rates are 0 to 1, and 0 where their class is missing. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Point(
            double threshold,
            int truePositives,
            int falsePositives,
            double recall,
            double falsePositiveRate,
            double precision) {}

    /** @param edges rising, one more than there are bins */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Histogram(List<Double> edges, List<Integer> normal, List<Integer> anomaly) {}

    /**
     * The same for every image of the model.
     *
     * @param normal the heat of the median normal cell, or less
     * @param threshold the heat from which a cell makes an image anomalous
     * @param most the highest there is
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record HeatScale(double normal, double threshold, double most) {}

    /**
     * How well heat finds the pixels of the masks, whatever their defect.
     *
     * @param images normal ones, and anomalies with a mask
     * @param regions connected defects in their masks
     * @param rocauc the chance that a defective pixel is hotter than a sound one
     * @param aupro mean share of each region that is hot, up to 30 % of the sound pixels
     * @param bestF1 of pixels, at the threshold that gives the highest
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Pixels(
            int images,
            long regions,
            @JsonProperty("ROCAUC") double rocauc,
            @JsonProperty("AUPRO") double aupro,
            double bestF1) {}

    /**
     * @param label {@code normal} or {@code anomaly}, the truth
     * @param confidence in the verdict, 0.5 to 1
     * @param hottest null without heat
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Image(
            S3Uri sourceRef,
            String label,
            double score,
            boolean isAnomalous,
            double confidence,
            @JsonInclude(JsonInclude.Include.NON_NULL) Cell hottest) {}

    /**
     * @param x of the cell's middle, from the left, as a share of the width
     * @param y from the top, as a share of the height
     * @param heat on the heat scale
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Cell(double x, double y, double heat) {}
}
