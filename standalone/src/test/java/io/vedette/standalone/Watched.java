package io.vedette.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code deploy/observability} asks Prometheus for. */
final class Watched {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final Path FOLDER = ROOT.resolve("deploy/observability");
    static final Path ALERTS = FOLDER.resolve("alerts.yml");
    static final Path SCRAPES = FOLDER.resolve("prometheus.yml");
    /** Only where there is a GPU. */
    static final String OF_GPUS = "vedette_gpu_";

    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)\\n\\s+expr: '([^']+)'");

    private Watched() {}

    /** A panel's query. @param legend with labels in double braces */
    record Query(String expression, String legend) {
        /** As Grafana sends it, whose own variables Prometheus does not know. */
        String sent() {
            return expression.replace("$__rate_interval", "1m");
        }
    }

    static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        JsonNode dashboard =
                new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
        for (JsonNode targets : dashboard.findValues("targets")) {
            targets.forEach(target -> queries.add(new Query(
                    target.path("expr").asText(), target.path("legendFormat").asText())));
        }
        return queries;
    }

    /** Expressions by the alerts' names, of which there may be no two. */
    static Map<String, String> alerts() throws IOException {
        Map<String, String> alerts = new LinkedHashMap<>();
        Matcher alert = ALERT.matcher(Files.readString(ALERTS));
        while (alert.find()) {
            if (alerts.put(alert.group(1), alert.group(2)) != null) {
                throw new IllegalStateException("there are two alerts " + alert.group(1));
            }
        }
        return alerts;
    }
}
