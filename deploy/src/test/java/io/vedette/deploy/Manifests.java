package io.vedette.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What was rendered, by the questions that tests ask. */
record Manifests(List<JsonNode> all) {
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    /** What the chart makes of a file of values. */
    static Manifests of(String values) {
        return RENDERED.computeIfAbsent(values, file -> of(Chart.values(file)));
    }

    static Manifests of(ObjectNode values) {
        return new Manifests(Chart.manifests(Chart.rendered(values)));
    }

    List<JsonNode> all(String kind) {
        return all.stream().filter(it -> it.path("kind").asText().equals(kind)).toList();
    }

    JsonNode one(String kind, String name) {
        return all.stream()
                .filter(it -> it.path("kind").asText().equals(kind))
                .filter(it -> it.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** The pods' specifications, by component. */
    Map<String, JsonNode> pods() {
        Map<String, JsonNode> pods = new TreeMap<>();
        for (JsonNode manifest : all) {
            for (String path : List.of("/spec/template", "/spec/jobTargetRef/template")) {
                JsonNode template = manifest.at(path);
                if (template.has("spec")) {
                    pods.put(
                            template.at("/metadata/labels/app.kubernetes.io~1component")
                                    .asText(),
                            template.path("spec"));
                }
            }
        }
        return pods;
    }

    /** The names of all environment variables that anything is given. */
    Set<String> settings() {
        Set<String> names = new TreeSet<>(literals().keySet());
        pods().values()
                .forEach(pod ->
                        names.addAll(Pods.environment(pod.at("/containers/0")).keySet()));
        return names;
    }

    /** Those whose values stand in the manifests. */
    Map<String, String> literals() {
        Map<String, String> literals = new TreeMap<>();
        one("ConfigMap", "vedette")
                .path("data")
                .properties()
                .forEach(entry -> literals.put(entry.getKey(), entry.getValue().asText()));
        pods().values()
                .forEach(pod -> Pods.environment(pod.at("/containers/0")).forEach((name, value) -> {
                    if (!value.startsWith("secret ")) {
                        literals.put(name, value);
                    }
                }));
        return literals;
    }
}
