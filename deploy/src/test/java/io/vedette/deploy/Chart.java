package io.vedette.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The chart, rendered by Helm itself (as a library), with values over its own. */
final class Chart {
    static final Path DEPLOY = Path.of("").toAbsolutePath();
    static final Path HOME = DEPLOY.resolve("helm/vedette");
    static final YAMLMapper YAML = new YAMLMapper();

    private Chart() {}

    /** A file of values, relative to this module. */
    static ObjectNode values(String file) {
        try {
            return (ObjectNode) YAML.readTree(DEPLOY.resolve(file).toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What {@code helm template vedette --namespace vedette --values FILE} prints. */
    static String rendered(ObjectNode values) {
        return with(values)
                .template()
                .withName("vedette")
                .withNamespace("vedette")
                .call();
    }

    /** What {@code helm lint --strict} complains of. */
    static List<String> lint(ObjectNode values) {
        LintResult result = with(values).lint().strict().call();
        return result.isFailed() ? result.getMessages() : List.of();
    }

    /** The chart with these values over its own. */
    private static Helm with(ObjectNode values) {
        try {
            Path copy = Files.createTempDirectory(DEPLOY.resolve("target"), "chart-");
            try (Stream<Path> files = Files.walk(HOME)) {
                for (Path file : files.toList()) {
                    Path target = copy.resolve(HOME.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                }
            }
            // The library renders for Kubernetes 1.20, whatever is asked for, and would refuse.
            Path chart = copy.resolve("Chart.yaml");
            Files.writeString(chart, Files.readString(chart).replaceAll("(?m)^kubeVersion:.*$", ""));
            JsonNode defaults = YAML.readTree(HOME.resolve("values.yaml").toFile());
            JsonNode merged = YAML.readerForUpdating(defaults).readValue(values.toString());
            YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
            return new Helm(copy);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The manifests, in the order of the rendering. */
    static List<JsonNode> manifests(String rendered) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
            List<JsonNode> manifests = new ArrayList<>();
            documents.forEachRemaining(document -> {
                if (document.isObject()) {
                    manifests.add(document);
                }
            });
            return manifests;
        } catch (IOException damaged) {
            throw new UncheckedIOException(rendered, damaged);
        }
    }
}
