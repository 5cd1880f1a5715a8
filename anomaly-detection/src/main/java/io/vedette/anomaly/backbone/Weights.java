package io.vedette.anomaly.backbone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A frozen network as it lies in this module: what it computes and with which numbers.
 *
 * @param sha256 of the whole file
 */
public record Weights(String name, String sha256, Network network, SafeTensors tensors) {

    /** Whether a network of that name lies in this module. */
    public static boolean isBuiltIn(String name) {
        return name.matches("[a-z0-9-]+") && Weights.class.getResource(file(name)) != null;
    }

    private static String file(String name) {
        return "/backbone/" + name + ".safetensors";
    }

    /** @throws NoSuchBackbone if there is no network of that name */
    public static Weights named(String name) {
        try (InputStream in = isBuiltIn(name) ? Weights.class.getResourceAsStream(file(name)) : null) {
            if (in == null) throw new NoSuchBackbone("there is no backbone " + name);
            byte[] bytes = in.readAllBytes();
            SafeTensors tensors = SafeTensors.decode(bytes);
            Network network = new ObjectMapper().readValue(tensors.metadata().get("network"), Network.class);
            return new Weights(name, SafeTensors.sha256(bytes), network, tensors);
        } catch (IOException e) {
            throw new UncheckedIOException("the backbone " + name + " cannot be read", e);
        }
    }
}
