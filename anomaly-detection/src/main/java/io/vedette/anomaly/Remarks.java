package io.vedette.anomaly;

import io.vedette.anomaly.image.Pixels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is odd about a data set, in sentences for its owner. */
final class Remarks {
    private static final int NAMED = 3;

    private record First(String name, boolean anomalous) {}

    private final Map<String, First> byDigest = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> plain = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();
    private final List<String> full = new ArrayList<>();

    void note(Example example, String sha256, Pixels pixels) {
        String name = example.photograph().name();
        First first = byDigest.putIfAbsent(sha256, new First(name, example.anomalous()));
        if (first != null && first.anomalous != example.anomalous()) contradictions.add(name + " and " + first.name);
        else if (first != null) duplicates.add(name);
        if (isPlain(pixels.rgb())) plain.add(name);
    }

    void note(Example example, DefectMask mask) {
        int background = 0;
        for (byte label : mask.labels()) if (label == 0) background++;
        String name = example.mask().orElseThrow().name();
        if (background == mask.labels().length) empty.add(name);
        if (background == 0) full.add(name);
    }

    private static boolean isPlain(float[] rgb) {
        for (int i = 3; i < rgb.length; i++) if (Math.abs(rgb[i] - rgb[i - 3]) > 1e-6) return false;
        return true;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        add(sentences, contradictions, "The same image is labelled both normal and anomalous: ");
        add(sentences, duplicates, "Some images are there more than once: ");
        add(sentences, plain, "Some images are of one colour all over: ");
        add(sentences, empty, "Some masks of anomalies show no defect and were left out: ");
        add(sentences, full, "Some masks cover the whole image: ");
        return sentences;
    }

    private static void add(List<String> sentences, List<String> names, String what) {
        if (names.isEmpty()) return;
        String rest = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        sentences.add(what + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + rest + ".");
    }
}
