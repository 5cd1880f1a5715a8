package io.vedette.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus's query language asks for.
 *
 * @param selectors the metrics, with their label matchers
 * @param groupedBy the labels of {@code by (…)}
 */
record PromQl(List<Selector> selectors, Set<String> groupedBy) {
    private static final Pattern BY = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?\\s*(\\[[^]]*])?\\s*(\\()?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "offset", "bool", "group_left", "group_right");

    /** @param exact the labels that must have one value @param labels all that are spoken of */
    record Selector(String metric, Map<String, String> exact, Set<String> labels) {}

    static PromQl of(String expression) {
        Set<String> grouped = new TreeSet<>();
        Matcher by = BY.matcher(expression);
        while (by.find()) {
            grouped.addAll(List.of(by.group(1).split("\\s*,\\s*")));
        }
        List<Selector> selectors = new ArrayList<>();
        Matcher name = NAME.matcher(by.replaceAll(" ").replaceAll("offset\\s+\\w+", " "));
        while (name.find()) {
            boolean isFunction = name.group(4) != null;
            if (!isFunction && !WORDS.contains(name.group(1))) {
                selectors.add(selector(name.group(1), name.group(2) == null ? "" : name.group(2)));
            }
        }
        return new PromQl(selectors, grouped);
    }

    private static Selector selector(String metric, String matchers) {
        Map<String, String> exact = new LinkedHashMap<>();
        Set<String> labels = new TreeSet<>();
        Matcher one = MATCHER.matcher(matchers);
        while (one.find()) {
            labels.add(one.group(1));
            if (one.group(2).equals("=")) {
                exact.put(one.group(1), one.group(3));
            }
        }
        return new Selector(metric, exact, labels);
    }
}
