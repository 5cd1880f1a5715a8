package io.vedette.anomaly;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
