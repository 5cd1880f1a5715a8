package io.vedette.standalone.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.picture.Finding;
import io.vedette.standalone.picture.Finding.Region;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import software.amazon.awssdk.http.SdkHttpMethod;

/** A photograph with what the hosted model says of it. */
public final class Detected {
    private Detected() {}

    /**
     * @param threshold the model's own where empty
     * @throws TrainingFailure with Vedette's own words, if it refuses the photograph
     */
    public static Finding in(Path photograph, Extensions extensions, Hosted model, OptionalDouble threshold) {
        Map<String, String> query =
                threshold.isPresent() ? Map.of("threshold", Double.toString(threshold.getAsDouble())) : Map.of();
        String path = "/vedette/v1/projects/" + model.project() + "/models/" + model.version() + "/detect";
        Extensions.Answer answer =
                extensions.send(SdkHttpMethod.POST, path, query, type(photograph), bytes(photograph));
        if (answer.status() != 200) {
            throw new TrainingFailure(answer.body().path("Message").asText("The service refused the image."));
        }
        return finding(photograph, answer.body());
    }

    public record Hosted(String project, String version) {}

    private static Finding finding(Path photograph, JsonNode body) {
        List<Region> regions = new ArrayList<>();
        for (JsonNode instance : body.path("Instances")) {
            JsonNode box = instance.get("BoundingBox");
            regions.add(new Region(
                    instance.get("Name").asText(),
                    Integer.parseInt(instance.get("Color").asText().substring(1), 16),
                    box.get("Left").asDouble(),
                    box.get("Top").asDouble(),
                    box.get("Width").asDouble(),
                    box.get("Height").asDouble()));
        }
        try {
            Optional<java.awt.image.BufferedImage> heat = body.has("HeatMap")
                    ? Optional.of(ImageIO.read(
                            new ByteArrayInputStream(body.get("HeatMap").binaryValue())))
                    : Optional.empty();
            return new Finding(
                    photograph,
                    body.get("IsAnomalous").asBoolean(),
                    body.get("Confidence").asDouble(),
                    body.get("Score").asDouble(),
                    body.get("Threshold").asDouble(),
                    heat,
                    regions);
        } catch (IOException noPicture) {
            throw new UncheckedIOException(noPicture);
        }
    }

    private static String type(Path photograph) {
        String name = photograph.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") ? "image/png" : "image/jpeg";
    }

    private static byte[] bytes(Path photograph) {
        try {
            return Files.readAllBytes(photograph);
        } catch (IOException unreadable) {
            throw new TrainingFailure(photograph + " cannot be read (" + unreadable.getMessage() + ").");
        }
    }
}
