package io.vedette.standalone.sample;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.Consumer;

/** Takes a photograph: how the board happened to lie, how the lamp happened to shine, and the sensor's noise. */
final class Camera {
    private static final int SIDE = Board.SIDE;
    static final Color BENCH = new Color(104, 107, 112);
    private final Random random;
    private final AffineTransform pose;

    Camera(Random random) {
        this.random = random;
        pose = AffineTransform.getTranslateInstance(spread(5), spread(5));
        pose.rotate(Math.toRadians(spread(1.2)), SIDE / 2.0, SIDE / 2.0);
        double zoom = 1 + spread(0.012);
        pose.translate(SIDE / 2.0, SIDE / 2.0);
        pose.scale(zoom, zoom);
        pose.translate(-SIDE / 2.0, -SIDE / 2.0);
    }

    BufferedImage photograph(Consumer<Graphics2D> board) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(BENCH);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.transform(pose);
        board.accept(graphics);
        graphics.dispose();
        return expose(image);
    }

    /** White, with the outline in one colour and no shades between. */
    BufferedImage mask(Shape outline, Color color) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(color);
        graphics.fill(pose.createTransformedShape(outline));
        graphics.dispose();
        return image;
    }

    /** Light falls off to one side; a grain of {@code 16} pixels stands for the uneven surface; noise is Gaussian. */
    private BufferedImage expose(BufferedImage sharp) {
        double gain = 1 + spread(0.22);
        double slopeX = spread(0.34);
        double slopeY = spread(0.34);
        double warmth = spread(0.05);
        double[] grain = grain();
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double u = x / (double) SIDE - 0.5;
                double v = y / (double) SIDE - 0.5;
                double light = gain * (1 + slopeX * u + slopeY * v - 0.35 * (u * u + v * v)) * (1 + at(grain, x, y));
                image.setRGB(x, y, pixel(sharp, x, y, light, warmth));
            }
        }
        return image;
    }

    private int pixel(BufferedImage sharp, int x, int y, double light, double warmth) {
        double noise = random.nextGaussian() * 3.2;
        int pixel = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double tint = shift == 16 ? 1 + warmth : shift == 0 ? 1 - warmth : 1;
            double value = blurred(sharp, x, y, shift) * light * tint + noise + random.nextGaussian() * 1.4;
            pixel |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
        }
        return pixel;
    }

    /** A lens: the pixel and its four neighbours, 4 to 1. */
    private static double blurred(BufferedImage image, int x, int y, int shift) {
        int left = Math.max(0, x - 1);
        int right = Math.min(SIDE - 1, x + 1);
        int up = Math.max(0, y - 1);
        int down = Math.min(SIDE - 1, y + 1);
        return (4 * channel(image, x, y, shift)
                        + channel(image, left, y, shift)
                        + channel(image, right, y, shift)
                        + channel(image, x, up, shift)
                        + channel(image, x, down, shift))
                / 8.0;
    }

    private static int channel(BufferedImage image, int x, int y, int shift) {
        return image.getRGB(x, y) >> shift & 0xFF;
    }

    private static final int CELL = 16;
    private static final int CELLS = SIDE / CELL + 2;

    private double[] grain() {
        return random.doubles(CELLS * CELLS, -0.035, 0.035).toArray();
    }

    private static double at(double[] grain, int x, int y) {
        int column = x / CELL;
        int row = y / CELL;
        double u = x % CELL / (double) CELL;
        double v = y % CELL / (double) CELL;
        int corner = row * CELLS + column;
        double top = grain[corner] * (1 - u) + grain[corner + 1] * u;
        double bottom = grain[corner + CELLS] * (1 - u) + grain[corner + CELLS + 1] * u;
        return top * (1 - v) + bottom * v;
    }

    private double spread(double most) {
        return (random.nextDouble() * 2 - 1) * most;
    }
}
