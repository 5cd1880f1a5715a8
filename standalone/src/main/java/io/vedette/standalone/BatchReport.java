package io.vedette.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.BatchDetection;
import io.vedette.standalone.customer.BatchDetection.Place;
import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.customer.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Starts a batch, follows it, and tells a person what came of it. */
final class BatchReport {
    private static final int BAD_SHOWN = 10;

    private final StackForRun stack;
    private final PrintWriter out;

    BatchReport(StackForRun stack, PrintWriter out) {
        this.stack = stack;
        this.out = out;
    }

    /**
     * @param version a number, or {@code latest}
     * @param threshold the model's own where empty
     * @return how many images could not be used
     */
    long detect(Place input, Place output, String project, String version, OptionalDouble threshold) {
        Progress progress = new Progress(out, Boolean.getBoolean("vedette.terminal"));
        try (Clients clients = stack.clients();
                Extensions extensions = new Extensions(clients.vision())) {
            JsonNode summary = new BatchDetection(extensions, clients.s3(), progress)
                    .run(project, version, input, output, threshold);
            tell(summary);
            return summary.get("Failed").asLong();
        }
    }

    private void tell(JsonNode summary) {
        line(
                "images",
                summary.get("Total") + ": " + summary.get("Normal") + " normal, " + summary.get("Anomalous")
                        + " anomalous, " + summary.get("Failed") + " bad");
        line(
                "seconds",
                String.format(Locale.ROOT, "%.1f", summary.get("Seconds").asDouble()));
        if (summary.has("Threshold")) {
            line("threshold", summary.get("Threshold").asText());
        }
        List<String> defects = new ArrayList<>();
        summary.get("Defects")
                .forEach(defect -> defects.add(defect.get("Name").asText() + " in " + defect.get("Images")));
        if (!defects.isEmpty()) {
            line("defects", String.join(", ", defects));
        }
        int shown = 0;
        for (JsonNode bad : summary.get("BadImages")) {
            if (shown++ < BAD_SHOWN) {
                line(
                        "bad image",
                        bad.get("source-ref").asText() + ": " + bad.get("Error").asText());
            }
        }
        line("results", summary.get("Results").asText());
        out.flush();
    }

    private void line(String what, String text) {
        out.println(String.format(Locale.ROOT, "  %-12s %s", what, text));
    }
}
