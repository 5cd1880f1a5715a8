package io.vedette.anomaly;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of a noisy ring on grey, the anomalous ones with a dark scratch. */
final class SamplePhotographs {
    private SamplePhotographs() {}

    static List<Example> examples(int normals, int anomalies) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < normals + anomalies; i++) {
            boolean anomalous = i >= normals;
            examples.add(new Example(photograph("image-" + i + ".png", png(ring(i, anomalous))), anomalous));
        }
        return examples;
    }

    static BufferedImage ring(long seed, boolean scratched) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(150 + random.nextInt(20), 150, 140));
        graphics.fillRect(0, 0, 96, 96);
        graphics.setColor(new Color(60, 90 + random.nextInt(20), 160));
        graphics.fillOval(16 + random.nextInt(6), 16 + random.nextInt(6), 58, 58);
        if (scratched) {
            graphics.setColor(Color.BLACK);
            int x = 30 + random.nextInt(15);
            graphics.fillRect(x, 30 + random.nextInt(15), 18, 5);
        }
        graphics.dispose();
        return image;
    }

    /** Rings whose anomalies have a mask: even ones a black scratch, odd ones a red stain. */
    static List<Example> masked(int normals, int anomalies) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < normals + anomalies; i++) {
            boolean anomalous = i >= normals;
            BufferedImage image = ring(1000 + i, false);
            if (!anomalous) {
                examples.add(new Example(photograph("normal-" + i + ".png", png(image)), false));
                continue;
            }
            Random random = new Random(i);
            BufferedImage mask = plain(96, 96, Color.WHITE);
            boolean scratch = (i - normals) % 2 == 0;
            int x = 24 + random.nextInt(20);
            int y = 24 + random.nextInt(20);
            draw(image, scratch ? Color.BLACK : new Color(200, 30, 30), scratch, x, y);
            draw(mask, scratch ? SCRATCH : STAIN, scratch, x, y);
            Photograph photograph = photograph("anomaly-" + i + ".png", png(image));
            examples.add(new Example(photograph, true, Optional.of(mask("mask-" + i + ".png", png(mask)))));
        }
        return examples;
    }

    private static void draw(BufferedImage image, Color color, boolean scratch, int x, int y) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(x, y, scratch ? 28 : 16, scratch ? 8 : 16);
        graphics.dispose();
    }

    private static final Color SCRATCH = new Color(0x00ff00);
    private static final Color STAIN = new Color(0x0000ff);

    static MaskSource plainMask(boolean everything) {
        return mask("plain-" + everything + ".png", png(plain(96, 96, everything ? STAIN : Color.WHITE)));
    }

    private static MaskSource mask(String name, byte[] bytes) {
        return new MaskSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public byte[] read() {
                return bytes;
            }

            @Override
            public List<MaskClass> classes() {
                return List.of(
                        new MaskClass("BACKGROUND", 0xffffff),
                        new MaskClass("scratch", 0x00ff00),
                        new MaskClass("stain", 0x0000ff));
            }
        };
    }

    static DefectMask truth(Example example) {
        return new Masks(List.of(example))
                .read(example.mask().orElseThrow(), new io.vedette.anomaly.image.Dimensions(96, 96));
    }

    /** Intersection over union of the pixels with one label. */
    static double overlap(DefectMask truth, DefectMask found, int label) {
        double both = 0;
        double any = 0;
        for (int i = 0; i < truth.labels().length; i++) {
            boolean a = truth.labels()[i] == label;
            boolean b = found.labels()[i] == label;
            if (a && b) both++;
            if (a || b) any++;
        }
        return both / any;
    }

    /**
     * Whether no cell is hotter than the defect's hottest, and the defect's are half as hot again as others on average: cells
     * see far around them in so small a picture, and heat ends at 1.
     */
    static boolean hottest(HeatMap heat, DefectMask truth) {
        double[] sums = new double[2];
        double[] most = new double[2];
        int[] counts = new int[2];
        for (int i = 0; i < heat.values().length; i++) {
            int side = touches(heat, truth, i) ? 1 : 0;
            sums[side] += heat.values()[i];
            most[side] = Math.max(most[side], heat.values()[i]);
            counts[side]++;
        }
        return most[1] >= most[0] && sums[1] / counts[1] > 1.5 * sums[0] / counts[0];
    }

    private static boolean touches(HeatMap heat, DefectMask truth, int index) {
        int cell = truth.width() / heat.width();
        for (int y = 0; y < cell; y++)
            for (int x = 0; x < cell; x++) {
                int at = (index / heat.width() * cell + y) * truth.width() + index % heat.width() * cell + x;
                if (truth.labels()[at] != 0) return true;
            }
        return false;
    }

    static BufferedImage plain(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) image.setRGB(x, y, color.getRGB());
        return image;
    }

    static byte[] png(BufferedImage image) {
        return encoded(image, "png");
    }

    static byte[] encoded(BufferedImage image, String format) {
        try (var out = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, format, out)) throw new IllegalArgumentException(format);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Photograph photograph(String name, byte[] bytes) {
        return new Photograph() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public byte[] read() {
                return bytes;
            }
        };
    }
}
