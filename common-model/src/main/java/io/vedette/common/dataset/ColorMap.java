package io.vedette.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A mask's {@code internal-color-map}: {@code {"0":{"class-name":"scratch","hex-color":"#7ED321"},…}}. An entry for the
 * background may be missing, and so may any confidence; colours are read in any case of letters, with or without #, also in
 * the short form of three digits.
 */
final class ColorMap {
    private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})");

    private ColorMap() {}

    /** In the order of the map. @throws BadEntry if an entry has no name or no colour */
    static List<DefectClass> read(JsonNode map) {
        return StreamSupport.stream(map.spliterator(), false)
                .map(ColorMap::entry)
                .toList();
    }

    private static DefectClass entry(JsonNode entry) {
        String name = entry.path("class-name").asText("").strip();
        if (name.isEmpty()) {
            throw new BadEntry("the internal-color-map of its mask has an entry without a class-name");
        }
        try {
            return new DefectClass(name, rgb(entry.path("hex-color").asText("").strip()));
        } catch (IllegalArgumentException malformed) {
            throw new BadEntry("the internal-color-map of its mask has no hex-color (#RRGGBB) for " + name);
        }
    }

    /** @throws IllegalArgumentException if it is no colour */
    static int rgb(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a colour (#RRGGBB): " + hex);
        }
        String digits = hex.replace("#", "");
        return Integer.parseInt(digits.length() == 3 ? digits.replaceAll(".", "$0$0") : digits, 16);
    }
}
