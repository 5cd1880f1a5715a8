package io.vedette.common.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vedette.common.ModelArn;
import java.util.List;

/** The EvaluationResult file that is written to the caller's bucket (specification §6.3). All metrics are 0 to 1. */
public record EvaluationResult(
        @JsonProperty("Version") int version,
        @JsonProperty("EvaluationDetails") Details details,
        @JsonProperty("AggregatedEvaluationResults") Aggregated aggregated) {

    /** @param evaluationEndTimestamp UTC, ISO-8601 */
    public record Details(
            @JsonProperty("ModelArn") ModelArn modelArn,
            @JsonProperty("EvaluationEndTimestamp") String evaluationEndTimestamp,
            @JsonProperty("NumberOfTrainingImages") int trainingImages,
            @JsonProperty("NumberOfTestingImages") int testingImages) {}

    public record Aggregated(@JsonProperty("Metrics") Metrics metrics) {}

    /** @param pixelAnomalyClasses null for a classification model: the key must then be absent */
    public record Metrics(
            @JsonProperty("ROCAUC") double rocAuc,
            @JsonProperty("AveragePrecision") double averagePrecision,
            @JsonProperty("Precision") double precision,
            @JsonProperty("Recall") double recall,
            @JsonProperty("F1Score") double f1Score,

            @JsonProperty("PixelAnomalyClassMetrics") @JsonInclude(JsonInclude.Include.NON_NULL)
            List<PixelAnomalyClass> pixelAnomalyClasses) {}

    public record PixelAnomalyClass(
            @JsonProperty("Precision") double precision,
            @JsonProperty("Recall") double recall,
            @JsonProperty("F1Score") double f1Score,
            @JsonProperty("AIOU") double averageIntersectionOverUnion,
            @JsonProperty("ClassName") String className) {}
}
