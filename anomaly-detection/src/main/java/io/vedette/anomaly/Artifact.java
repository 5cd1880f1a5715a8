package io.vedette.anomaly;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.head.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model as files. */
final class Artifact {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String CARD = "model.json";
    private static final String TENSORS = "model.safetensors";

    private Artifact() {}

    static void write(ModelCard card, Head head, Path directory) {
        try {
            byte[] tensors = new SafeTensors(head.tensors(), Map.of()).encode();
            Files.createDirectories(directory);
            Files.write(directory.resolve(TENSORS), tensors);
            Files.write(directory.resolve(CARD), JSON.writeValueAsBytes(card.with(SafeTensors.sha256(tensors))));
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written to " + directory, e);
        }
    }

    static ModelCard card(Path directory) {
        try {
            JsonNode json = JSON.readTree(directory.resolve(CARD).toFile());
            int format = json.path("format").asInt();
            if (format != ModelCard.FORMAT)
                throw new IncompatibleModel(
                        "The model is in format " + format + "; this version reads format " + ModelCard.FORMAT + ".");
            return JSON.treeToValue(json, ModelCard.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the model in " + directory + " cannot be read", e);
        }
    }

    static Head head(ModelCard card, Path directory) {
        try {
            byte[] tensors = Files.readAllBytes(directory.resolve(TENSORS));
            if (!SafeTensors.sha256(tensors).equals(card.tensorsSha256()))
                throw new IOException(TENSORS + " is not what " + CARD + " belongs to");
            return Head.of(card.learner(), SafeTensors.decode(tensors));
        } catch (IOException e) {
            throw new UncheckedIOException("the model in " + directory + " cannot be read", e);
        }
    }
}
