package io.vedette.standalone;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small photographs of brushed metal, good ones and ones with a dark stain: the same number gives the same pixels. */
final class BrushedMetal {
    static final int SIDE = 128;
    static final Color STAIN = new Color(0x7ED321);
    static final Color SCRATCH = new Color(0x4DD8FF);

    private BrushedMetal() {}

    static BufferedImage good(int number) {
        return metal(new Random(number), SIDE);
    }

    static BufferedImage stained(int number) {
        Random random = new Random(number);
        BufferedImage image = metal(random, SIDE);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0x30, 0x18, 0x10));
        graphics.fillOval(20 + random.nextInt(60), 20 + random.nextInt(60), 20, 16);
        graphics.setStroke(new BasicStroke(3));
        graphics.drawLine(random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(SIDE));
        graphics.dispose();
        return image;
    }

    /** @param mask white but for the defect */
    record Defective(BufferedImage image, BufferedImage mask) {}

    /** A dark stain where the number is even, else a bright scratch. */
    static Defective defective(int number) {
        Random random = new Random(number);
        BufferedImage image = metal(random, SIDE);
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        boolean stain = number % 2 == 0;
        int x = 24 + random.nextInt(50);
        int y = 24 + random.nextInt(50);
        for (BufferedImage drawn : new BufferedImage[] {image, mask}) {
            Graphics2D graphics = drawn.createGraphics();
            if (drawn == mask) {
                graphics.setColor(Color.WHITE);
                graphics.fillRect(0, 0, SIDE, SIDE);
            }
            if (stain) {
                graphics.setColor(drawn == mask ? STAIN : new Color(0x30, 0x18, 0x10));
                graphics.fillOval(x, y, 28, 22);
            } else {
                graphics.setColor(drawn == mask ? SCRATCH : new Color(0xFFFFE0));
                graphics.setStroke(new BasicStroke(5));
                graphics.drawLine(x, y, x + 34, y + 26);
            }
            graphics.dispose();
        }
        return new Defective(image, mask);
    }

    static BufferedImage metal(Random random, int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            int row = 150 + random.nextInt(24);
            for (int x = 0; x < side; x++) {
                int grey = row + random.nextInt(10);
                image.setRGB(x, y, grey << 16 | grey << 8 | grey + 4);
            }
        }
        return image;
    }

    static byte[] png(BufferedImage image) {
        return file(image, "png");
    }

    static byte[] jpeg(BufferedImage image) {
        return file(image, "jpg");
    }

    private static byte[] file(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
