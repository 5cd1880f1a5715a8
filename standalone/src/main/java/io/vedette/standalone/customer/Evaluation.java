package io.vedette.standalone.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.Training.Trained;
import io.vedette.standalone.picture.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.lookoutvision.model.OutputS3Object;
import software.amazon.awssdk.services.s3.S3Client;

/** A trained model's evaluation files (specification §6), read back from S3. */
public final class Evaluation {
    private final JsonNode result;
    private final List<Verdict> verdicts;
    private final String resultAddress;
    private final String manifestAddress;

    private Evaluation(JsonNode result, List<Verdict> verdicts, String resultAddress, String manifestAddress) {
        this.result = result;
        this.verdicts = verdicts;
        this.resultAddress = resultAddress;
        this.manifestAddress = manifestAddress;
    }

    public static Evaluation of(Trained trained, S3Client s3) {
        OutputS3Object result = trained.model().evaluationResult();
        OutputS3Object manifest = trained.model().evaluationManifest();
        List<Verdict> verdicts = new ArrayList<>();
        text(s3, manifest)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> addVerdict(verdicts, Manifest.parse(line), trained.files()));
        return new Evaluation(Manifest.parse(text(s3, result)), verdicts, address(result), address(manifest));
    }

    /** The test images whose files are here. */
    public List<Verdict> verdicts() {
        return verdicts;
    }

    /** The metrics and where the files are, for a terminal. */
    public List<String> lines() {
        JsonNode metrics = result.path("AggregatedEvaluationResults").path("Metrics");
        JsonNode details = result.path("EvaluationDetails");
        long wrong = verdicts.stream().filter(verdict -> !verdict.right()).count();
        List<String> lines = new ArrayList<>(List.of(
                String.format(
                        Locale.ROOT,
                        "F1 %.3f   precision %.3f   recall %.3f   ROC AUC %.3f   average precision %.3f",
                        metrics.path("F1Score").asDouble(),
                        metrics.path("Precision").asDouble(),
                        metrics.path("Recall").asDouble(),
                        metrics.path("ROCAUC").asDouble(),
                        metrics.path("AveragePrecision").asDouble()),
                "learned from " + details.path("NumberOfTrainingImages").asInt() + " images, tested on "
                        + details.path("NumberOfTestingImages").asInt() + ", " + wrong + " of them wrong"));
        metrics.path("PixelAnomalyClassMetrics").forEach(label -> lines.add(defect(label)));
        lines.add("EvaluationResult    " + resultAddress);
        lines.add("EvaluationManifest  " + manifestAddress);
        lines.add("VedetteEvaluation   " + resultAddress.replace("EvaluationResult-", "VedetteEvaluation-"));
        return lines;
    }

    private static String defect(JsonNode label) {
        return String.format(
                Locale.ROOT,
                "defect %-12s pixels: F1 %.3f   precision %.3f   recall %.3f   overlap (IoU) %.3f",
                label.path("ClassName").asText(),
                label.path("F1Score").asDouble(),
                label.path("Precision").asDouble(),
                label.path("Recall").asDouble(),
                label.path("AIOU").asDouble());
    }

    private static void addVerdict(List<Verdict> verdicts, JsonNode line, Map<String, Path> files) {
        Path file = files.get(line.path("source-ref").asText());
        if (file == null) {
            return; // an image of an earlier import that is not in the folder any more
        }
        JsonNode detected = line.path("anomaly-label-detected-metadata");
        verdicts.add(new Verdict(
                file,
                isAnomaly(line.path("anomaly-label-metadata")),
                isAnomaly(detected),
                detected.path("confidence").asDouble()));
    }

    private static boolean isAnomaly(JsonNode metadata) {
        return "anomaly".equalsIgnoreCase(metadata.path("class-name").asText());
    }

    private static String text(S3Client s3, OutputS3Object object) {
        return s3.getObjectAsBytes(request -> request.bucket(object.bucket()).key(object.key()))
                .asUtf8String();
    }

    private static String address(OutputS3Object object) {
        return "s3://" + object.bucket() + "/" + object.key();
    }
}
