package io.vedette.standalone.customer;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * The defects' names by their colour in the masks. {@code masks/classes.txt} may name them, a line being {@code #RRGGBB name}; other
 * colours are called after themselves.
 */
public final class MaskColors {
    private static final int WHITE = 0xFFFFFF;
    private static final int MOST_COLORS = 20; // specification §5.4
    private final Map<Integer, String> names = new LinkedHashMap<>();

    /** @throws BadFolder if {@code classes.txt} has a line that is none */
    public MaskColors(Path root) {
        Path file = root.resolve("masks").resolve("classes.txt");
        if (Files.notExists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    add(line.strip(), file);
                }
            }
        } catch (IOException e) {
            throw new BadFolder(file.toString(), e);
        }
    }

    /** The colours of one mask, {@code #RRGGBB} to name; white and transparent are background. */
    public Map<String, String> of(Path mask) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int color : colors(mask)) {
            String hex = String.format(Locale.ROOT, "%06X", color);
            found.put("#" + hex, names.getOrDefault(color, "defect" + hex));
        }
        return found;
    }

    private static TreeSet<Integer> colors(Path mask) {
        BufferedImage image = read(mask);
        TreeSet<Integer> colors = new TreeSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                if (pixel >>> 24 != 0 && (pixel & WHITE) != WHITE) {
                    colors.add(pixel & WHITE);
                }
            }
            if (colors.size() > MOST_COLORS) {
                throw new BadFolder(mask + " has more than " + MOST_COLORS
                        + " colours; a mask has one flat colour for each defect.");
            }
        }
        return colors;
    }

    private static BufferedImage read(Path mask) {
        try {
            BufferedImage image = ImageIO.read(mask.toFile());
            if (image == null) {
                throw new BadFolder(mask + " is not a PNG.");
            }
            return image;
        } catch (IOException e) {
            throw new BadFolder(mask.toString(), e);
        }
    }

    private void add(String line, Path file) {
        if (!line.matches("#[0-9a-fA-F]{6} +[a-zA-Z0-9]{1,256}")) {
            throw new BadFolder(
                    file + " has the line \"" + line + "\"; it must be #RRGGBB and a name of letters and digits.");
        }
        names.put(Integer.parseInt(line.substring(1, 7), 16), line.substring(7).strip());
    }
}
