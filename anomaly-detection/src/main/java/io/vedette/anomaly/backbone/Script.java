package io.vedette.anomaly.backbone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A network of the user's own: a TorchScript module that returns its taps for an image, described by the JSON file beside it
 * ({@code network.pt} by {@code network.json}).
 *
 * @param module the file
 * @param sha256 of the file
 * @param description what the JSON says
 */
record Script(Path module, String sha256, Description description) {

    /**
     * @param name what models call the network
     * @param taps names of the outputs, the finest grid first
     * @param strides of each tap, in pixels
     * @param mean of the red, green and blue that the network was trained with, in [0, 1]
     * @param deviation of these
     * @param sha256 of the module
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Description(
            String name, List<String> taps, List<Integer> strides, float[] mean, float[] deviation, String sha256) {}

    String name() {
        return description.name;
    }

    /** @throws NoSuchBackbone with a sentence that names the file, if something is missing or does not fit */
    static Script beside(Path module) {
        Path json = module.resolveSibling(module.getFileName().toString().replaceFirst("\\.pt$", ".json"));
        if (!Files.isRegularFile(module)) throw new NoSuchBackbone("there is no backbone " + module);
        if (!Files.isRegularFile(json))
            throw new NoSuchBackbone("the backbone " + module + " lacks its description " + json);
        try {
            Description description = new ObjectMapper().readValue(json.toFile(), Description.class);
            String sha256 = SafeTensors.sha256(Files.readAllBytes(module));
            if (!isWhole(description))
                throw new NoSuchBackbone(
                        json + " must have name, taps, strides of each tap, three means and deviations, and sha256");
            if (!sha256.equalsIgnoreCase(description.sha256))
                throw new NoSuchBackbone("the backbone " + module.getFileName() + " has the SHA-256 " + sha256
                        + ", not what " + json.getFileName() + " says");
            return new Script(module, sha256, description);
        } catch (IOException e) {
            throw new UncheckedIOException("the backbone " + module + " cannot be read", e);
        }
    }

    private static boolean isWhole(Description of) {
        return of.name != null
                && of.taps != null
                && !of.taps.isEmpty()
                && of.strides != null
                && of.strides.size() == of.taps.size()
                && of.mean != null
                && of.mean.length == 3
                && of.deviation != null
                && of.deviation.length == 3
                && of.sha256 != null;
    }
}
