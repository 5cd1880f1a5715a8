package io.vedette.anomaly;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import io.vedette.anomaly.head.KindMeans;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.head.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model as files. */
record Artifact(ModelCard card, SafeTensors tensors) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String CARD = "model.json";
    private static final String TENSORS = "model.safetensors";

    static void write(ModelCard card, Parts parts, DefectFinder finder, Projection projection, Path directory) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        projection.into(named);
        parts.into(named);
        if (finder != null && finder.means() != null) finder.means().into(named);
        try {
            byte[] tensors = new SafeTensors(named, Map.of()).encode();
            Files.createDirectories(directory);
            Files.write(directory.resolve(TENSORS), tensors);
            Files.write(directory.resolve(CARD), JSON.writeValueAsBytes(card.with(SafeTensors.sha256(tensors))));
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written to " + directory, e);
        }
    }

    static Artifact read(Path directory) {
        try {
            JsonNode json = JSON.readTree(directory.resolve(CARD).toFile());
            int format = json.path("format").asInt();
            if (format != ModelCard.FORMAT)
                throw new IncompatibleModel(
                        "The model is in format " + format + "; this version reads format " + ModelCard.FORMAT + ".");
            ModelCard card = JSON.treeToValue(json, ModelCard.class);
            byte[] tensors = Files.readAllBytes(directory.resolve(TENSORS));
            if (!SafeTensors.sha256(tensors).equals(card.tensorsSha256()))
                throw new IOException(TENSORS + " is not what " + CARD + " belongs to");
            return new Artifact(card, SafeTensors.decode(tensors));
        } catch (IOException e) {
            throw new UncheckedIOException("the model in " + directory + " cannot be read", e);
        }
    }

    /** @return a model that closes the backbone with itself */
    TrainedModel on(Backbone backbone) {
        Parts parts = Parts.of(card.parts(), tensors, backbone.manager());
        DefectFinder finder = card.defects().isEmpty()
                ? null
                : new DefectFinder(card.defects(), card.kindsByMeans() ? KindMeans.of(tensors) : null);
        return new TrainedModel(card, parts, finder, Projection.of(tensors), backbone, true);
    }
}
