package io.vedette.standalone.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Letters of 5 by 7 squares, because a headless Java without fontconfig has no fonts at all. */
public final class PixelText {
    private static final int COLUMNS = 5;
    private static final int ROWS = 7;
    private static final int ADVANCE = COLUMNS + 1;
    private static final Map<Character, String> GLYPHS = new HashMap<>();

    // Each glyph is seven rows of five bits, a row being two hexadecimal digits.
    static {
        glyphs(
                "ABCDEFGHIJKLM",
                "0E11111F111111",
                "1E11111E11111E",
                "0E11101010110E",
                "1E11111111111E",
                "1F10101E10101F",
                "1F10101E101010",
                "0E11101713110F",
                "1111111F111111",
                "0E04040404040E",
                "0702020202120C",
                "11121418141211",
                "1010101010101F",
                "111B1515111111");
        glyphs(
                "NOPQRSTUVWXYZ",
                "11111915131111",
                "0E11111111110E",
                "1E11111E101010",
                "0E11111115120D",
                "1E11111E141211",
                "0F10100E01011E",
                "1F040404040404",
                "1111111111110E",
                "111111110A0A04",
                "11111115151B11",
                "11110A040A1111",
                "11110A04040404",
                "1F01020408101F");
        glyphs(
                "0123456789",
                "0E11131519110E",
                "040C040404040E",
                "0E11010204081F",
                "1F02040201110E",
                "02060A121F0202",
                "1F101E0101110E",
                "0608101E11110E",
                "1F010204080808",
                "0E11110E11110E",
                "0E11110F01020C");
        glyphs(
                " .,:-_/%=()+<>",
                "00000000000000",
                "00000000000C0C",
                "00000000060408",
                "000C0C000C0C00",
                "0000001F000000",
                "0000000000001F",
                "01010204081010",
                "18190204081303",
                "00001F001F0000",
                "02040808080402",
                "08040202020408",
                "0004041F040400",
                "02040810080402",
                "08040201020408");
    }

    private PixelText() {}

    /** Draws in the graphics' colour, the top left corner at (x, y), each square {@code size} wide. Unknown characters are blank. */
    public static void draw(Graphics2D graphics, String text, double x, double y, double size) {
        double left = x;
        for (char letter : text.toUpperCase(Locale.ROOT).toCharArray()) {
            String glyph = GLYPHS.getOrDefault(letter, GLYPHS.get(' '));
            for (int row = 0; row < ROWS; row++) {
                int bits = Integer.parseInt(glyph.substring(2 * row, 2 * row + 2), 16);
                for (int column = 0; column < COLUMNS; column++) {
                    if ((bits >> (COLUMNS - 1 - column) & 1) == 1) {
                        graphics.fill(new Rectangle2D.Double(left + column * size, y + row * size, size, size));
                    }
                }
            }
            left += ADVANCE * size;
        }
    }

    /** The width of a text in the unit of {@code size}. */
    public static double width(String text, double size) {
        return Math.max(0, text.length() * ADVANCE - 1) * size;
    }

    private static void glyphs(String letters, String... rows) {
        for (int i = 0; i < letters.length(); i++) {
            GLYPHS.put(letters.charAt(i), rows[i]);
        }
    }
}
