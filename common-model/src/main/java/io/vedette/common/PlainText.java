package io.vedette.common;

/** Text from outside, as a log or a terminal may show it. */
public final class PlainText {
    private PlainText() {}

    /**
     * The text with every control character but the tab, and every one that ends a line or turns the direction of writing,
     * as an escape. Null stays null.
     */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        text.chars().forEach(each -> {
            if (!isControl(each)) {
                plain.append((char) each);
            } else if (each == '\n') {
                plain.append("\\n");
            } else if (each == '\r') {
                plain.append("\\r");
            } else {
                plain.append(String.format("\\u%04x", each));
            }
        });
        return plain.toString();
    }

    public static boolean isPlain(String text) {
        return text == null || text.chars().noneMatch(PlainText::isControl);
    }

    private static boolean isControl(int each) {
        boolean c0 = each < 0x20 && each != '\t';
        boolean c1 = each >= 0x7f && each <= 0x9f;
        boolean separator = each == 0x2028 || each == 0x2029;
        boolean direction = each >= 0x202a && each <= 0x202e || each >= 0x2066 && each <= 0x2069;
        return c0 || c1 || separator || direction;
    }
}
