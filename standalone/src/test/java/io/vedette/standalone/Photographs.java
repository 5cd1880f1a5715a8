package io.vedette.standalone;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of a ring on grey, the anomalous ones with a dark scratch: quick to learn and easy to tell apart. */
public final class Photographs {
    static final int SIDE = 96;

    private Photographs() {}

    public static byte[] png(int number, boolean scratched) {
        return encoded(ring(number, scratched, SIDE), "png");
    }

    public static byte[] jpeg(int number) {
        return encoded(ring(number, false, SIDE), "jpeg");
    }

    /** @param side of the square, in pixels */
    public static byte[] pngOfSide(int side) {
        return encoded(ring(0, false, side), "png");
    }

    private static BufferedImage ring(int number, boolean scratched, int side) {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(150 + random.nextInt(20), 150, 140));
        graphics.fillRect(0, 0, side, side);
        graphics.setColor(new Color(60, 90 + random.nextInt(20), 160));
        graphics.fillOval(16 + random.nextInt(6), 16 + random.nextInt(6), 58, 58);
        if (scratched) {
            graphics.setColor(Color.BLACK);
            graphics.fillRect(30 + random.nextInt(15), 30 + random.nextInt(15), 18, 5);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
