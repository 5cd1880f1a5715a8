package io.vedette.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
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
    static final String LEAST = "helm/examples/values.yaml";
    static final String MOST = "helm/examples/values-strimzi-cloudnativepg.yaml";
    /** What neither of those two has. */
    static final String REST = "src/test/resources/values/everything-else.yaml";
    /** A key that is there twice is a mistake, as it is to Kubernetes. */
    static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

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
        return template(forAnyKubernetes(copied(values)));
    }

    /** The same, but for a Kubernetes that the library takes for 1.20, whatever is asked for. */
    static String renderedForAnOldKubernetes(ObjectNode values) {
        return template(copied(values));
    }

    private static String template(Path chart) {
        return new Helm(chart)
                .template()
                .withName("vedette")
                .withNamespace("vedette")
                .call();
    }

    /** What {@code helm lint --strict} complains of. */
    static List<String> lint(ObjectNode values) {
        LintResult result =
                new Helm(forAnyKubernetes(copied(values))).lint().strict().call();
        return result.isFailed() ? result.getMessages() : List.of();
    }

    /** The chart with these values over its own. */
    private static Path copied(ObjectNode values) {
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
            JsonNode defaults = YAML.readTree(HOME.resolve("values.yaml").toFile());
            JsonNode merged = YAML.readerForUpdating(defaults).readValue(values.toString());
            YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path forAnyKubernetes(Path chart) {
        try {
            Path file = chart.resolve("Chart.yaml");
            Files.writeString(file, Files.readString(file).replaceAll("(?m)^kubeVersion:.*$", ""));
            return chart;
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
