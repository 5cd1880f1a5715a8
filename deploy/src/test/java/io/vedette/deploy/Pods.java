package io.vedette.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment variables of containers, and those that the documentation knows. */
final class Pods {
    private static final Pattern KEY = Pattern.compile("`(vedette\\.[a-z0-9.-]+)`");

    private Pods() {}

    /** By name: the value, or {@code secret NAME/KEY}. */
    static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode variable : container.path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            String value = secret.isMissingNode()
                    ? variable.path("value").asText()
                    : "secret " + secret.path("name").asText() + "/"
                            + secret.path("key").asText();
            if (environment.put(variable.path("name").asText(), value) != null) {
                throw new AssertionError("set twice: " + variable);
            }
        }
        return environment;
    }

    /** The variables of all keys in the tables of the documentation. */
    static Set<String> documented() throws IOException {
        Set<String> known = new TreeSet<>();
        for (String page : List.of("configuration.md", "hosting.md", "security.md")) {
            Path file = Chart.DEPLOY.resolveSibling("docs").resolve(page);
            for (String line : Files.readAllLines(file)) {
                Matcher key = KEY.matcher(line.startsWith("|") ? line : "");
                while (key.find()) {
                    known.add(key.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
                }
            }
        }
        return known;
    }
}
