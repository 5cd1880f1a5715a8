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
final class Photographs {
    static final int SIDE = 128;

    private Photographs() {}

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
