package io.vedette.anomaly;

import io.vedette.anomaly.MaskSource.MaskClass;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Pictures of noisy tiles, the anomalous ones with a dark scratch or a red stain, and a mask that says where. */
public final class PlantedDefects {
    public static final int SIDE = 160;
    private static final List<MaskClass> CLASSES =
            List.of(new MaskClass("scratch", 0x23A436), new MaskClass("stain", 0x0000FF));

    private PlantedDefects() {}

    /**
     * @param kind empty for a normal tile, else scratch or stain
     * @param where the defect is; null for a normal tile
     */
    public record Tile(String name, String kind, BufferedImage image, BufferedImage mask, Rectangle where) {
        public Example example() {
            Photograph photograph = SamplePhotographs.photograph(name + ".png", SamplePhotographs.png(image));
            return mask == null
                    ? new Example(photograph, false)
                    : new Example(photograph, true, Optional.of(new Drawing(name, SamplePhotographs.png(mask))));
        }
    }

    private record Drawing(String name, byte[] png) implements MaskSource {
        @Override
        public byte[] read() {
            return png;
        }

        @Override
        public List<MaskClass> classes() {
            return CLASSES;
        }
    }

    /** The same for the same seed. */
    public static List<Tile> tiles(int normals, int scratches, int stains, long seed) {
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < normals + scratches + stains; i++) {
            String kind = i < normals ? "" : i < normals + scratches ? "scratch" : "stain";
            tiles.add(tile(kind, seed * 1000 + i));
        }
        return tiles;
    }

    private static Tile tile(String kind, long seed) {
        Random random = new Random(seed * 7919 + 13);
        random.nextLong();
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(150 + random.nextInt(15), 150, 140));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(new Color(90, 110 + random.nextInt(15), 150));
        for (int i = 0; i < 4; i++)
            graphics.fillRoundRect(
                    12 + i % 2 * 72 + random.nextInt(3), 12 + i / 2 * 72 + random.nextInt(3), 64, 64, 10, 10);
        BufferedImage mask = null;
        Rectangle where = null;
        if (!kind.isEmpty()) {
            boolean scratch = kind.equals("scratch");
            where = new Rectangle(
                    20 + random.nextInt(70), 20 + random.nextInt(70), scratch ? 46 : 30, scratch ? 8 : 30);
            graphics.setColor(scratch ? new Color(20, 20, 20) : new Color(170, 40, 30));
            fill(graphics, where, scratch);
            mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            Graphics2D drawing = mask.createGraphics();
            drawing.setColor(Color.WHITE);
            drawing.fillRect(0, 0, SIDE, SIDE);
            drawing.setColor(new Color(CLASSES.get(scratch ? 0 : 1).rgb()));
            fill(drawing, where, scratch);
            drawing.dispose();
        }
        graphics.dispose();
        noise(image, random);
        return new Tile((kind.isEmpty() ? "normal" : kind) + "-" + seed, kind, image, mask, where);
    }

    private static void fill(Graphics2D graphics, Rectangle where, boolean scratch) {
        if (scratch) graphics.fillRect(where.x, where.y, where.width, where.height);
        else graphics.fillOval(where.x, where.y, where.width, where.height);
    }

    private static void noise(BufferedImage image, Random random) {
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                Color pixel = new Color(image.getRGB(x, y));
                int by = (int) Math.round(random.nextGaussian() * 5);
                image.setRGB(
                        x,
                        y,
                        new Color(near(pixel.getRed() + by), near(pixel.getGreen() + by), near(pixel.getBlue() + by))
                                .getRGB());
            }
    }

    private static int near(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
