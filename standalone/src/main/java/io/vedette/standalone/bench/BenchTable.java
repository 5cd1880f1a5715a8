package io.vedette.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Trials as lines for a terminal: one for each set and learner, means over the seeds. */
public final class BenchTable {
    private static final String ROW = "%-16s %-22s %-12s %-11s %7s   %6s %6s %6s %6s   %7s %8s %7s";

    private BenchTable() {}

    /** @param trials as the bench gives them */
    public static List<String> lines(Collection<JsonNode> trials) {
        Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
        trials.forEach(trial ->
                groups.computeIfAbsent(key(trial), key -> new ArrayList<>()).add(trial));
        List<String> lines = new ArrayList<>();
        lines.add(row("", "", "images:", "", "", "pixels:", "", "", "", "", "", ""));
        lines.add(row(
                "set",
                "learner",
                "AUROC",
                "F1",
                "best F1",
                "AUROC",
                "AUPRO",
                "bestF1",
                "IoU",
                "train s",
                "ms/image",
                "peak MB"));
        String before = "";
        for (List<JsonNode> group : groups.values()) {
            String set = group.get(0).path("set").asText();
            lines.add(line(set.equals(before) ? "" : set, group));
            before = set;
        }
        return lines;
    }

    private static String key(JsonNode trial) {
        return trial.path("set").asText() + "\n" + trial.path("learner").asText();
    }

    private static String line(String set, List<JsonNode> group) {
        JsonNode first = group.get(0);
        String learner = first.path("learner").asText();
        if (group.stream().allMatch(trial -> trial.has("error"))) {
            return String.format(
                    Locale.ROOT,
                    "%-16s %-22s %s",
                    set,
                    learner,
                    first.path("error").asText());
        }
        String chosen = first.path("chosen").asText();
        return row(
                set,
                learner.equals("auto") ? "auto: " + chosen : learner,
                spread(group, "/image/rocAuc"),
                spread(group, "/image/f1"),
                mean(group, "/bestF1", 3),
                mean(group, "/pixels/rocAuc", 3),
                mean(group, "/pixels/aupro", 3),
                mean(group, "/pixels/bestF1", 3),
                overlap(group),
                mean(group, "/trainSeconds", 1),
                mean(group, "/msPerImage", 0),
                mean(group, "/peakMemoryMb", 0));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }

    /** The mean, and behind it how far the seeds stray: half of the range. */
    private static String spread(List<JsonNode> group, String pointer) {
        String mean = mean(group, pointer, 3);
        double[] values = values(group, pointer);
        if (values.length < 2) {
            return mean;
        }
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        return String.format(Locale.ROOT, "%s ±%.3f", mean, (high - low) / 2);
    }

    private static String mean(List<JsonNode> group, String pointer, int digits) {
        OptionalDouble mean = Arrays.stream(values(group, pointer)).average();
        return mean.isPresent() ? String.format(Locale.ROOT, "%." + digits + "f", mean.getAsDouble()) : "-";
    }

    /** The mean over the labels of their mean intersection over union. */
    private static String overlap(List<JsonNode> group) {
        List<Double> all = new ArrayList<>();
        group.forEach(trial -> trial.path("labels")
                .forEach(label -> all.add(label.path("meanIou").asDouble())));
        return all.isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.3f",
                        all.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    private static double[] values(List<JsonNode> group, String pointer) {
        return group.stream()
                .map(trial -> trial.at(pointer))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
