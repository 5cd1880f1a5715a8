package io.vedette.standalone.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Random;

/**
 * A fault on a board's surface.
 *
 * @param outline where the board is damaged, in the board's units
 */
record Blemish(Shape outline, Painter painter) {
    private static final double MARGIN = 60;

    /** Paints the fault over a board. */
    @FunctionalInterface
    interface Painter {
        void paint(Graphics2D graphics);
    }

    /** A bent line where something sharp took off the paint. */
    static Blemish scratch(Random random) {
        double x = between(random, MARGIN, Board.SIDE - MARGIN);
        double y = between(random, MARGIN, Board.SIDE - MARGIN);
        double angle = random.nextDouble() * Math.PI * 2;
        double step = between(random, 36, 50);
        Path2D line = new Path2D.Double();
        line.moveTo(x, y);
        for (int i = 0; i < 5; i++) {
            angle += between(random, -0.35, 0.35);
            x = clamp(x + Math.cos(angle) * step);
            y = clamp(y + Math.sin(angle) * step);
            line.lineTo(x, y);
        }
        float width = (float) between(random, 6, 9);
        return new Blemish(stroke(width + 1).createStrokedShape(line), g -> {
            g.setColor(new Color(10, 30, 20, 120));
            g.setStroke(stroke(width + 1.2f));
            g.draw(line);
            g.setColor(new Color(226, 218, 196, 245));
            g.setStroke(stroke(width * 0.72f));
            g.draw(AffineTransform.getTranslateInstance(-0.5, -0.5).createTransformedShape(line));
        });
    }

    /** Flux or oil that dried: a patch of uneven edge, darker at the rim. */
    static Blemish stain(Random random) {
        double x = between(random, MARGIN + 20, Board.SIDE - MARGIN - 20);
        double y = between(random, MARGIN + 20, Board.SIDE - MARGIN - 20);
        double radius = between(random, 34, 52);
        Area patch = new Area();
        for (int i = 0; i < 9; i++) {
            double angle = random.nextDouble() * Math.PI * 2;
            double far = random.nextDouble() * radius * 0.6;
            double size = radius * between(random, 0.45, 0.85);
            patch.add(new Area(new Ellipse2D.Double(
                    x + Math.cos(angle) * far - size, y + Math.sin(angle) * far - size * 0.8, 2 * size, 1.6 * size)));
        }
        int strength = 150 + random.nextInt(50);
        return new Blemish(patch, g -> {
            g.setColor(new Color(112, 78, 34, strength));
            g.fill(patch);
            g.setColor(new Color(70, 44, 16, strength));
            g.setStroke(new BasicStroke(3f));
            g.draw(patch);
        });
    }

    /** A corner that broke off: the bench shows, and the board's fibres along the break. */
    static Blemish broken(Random random) {
        double x = random.nextBoolean() ? 28 : 356;
        double y = random.nextBoolean() ? 36 : 348;
        double inX = x < 100 ? 1 : -1;
        double inY = y < 100 ? 1 : -1;
        double wide = between(random, 50, 84);
        double high = between(random, 50, 84);
        Path2D piece = new Path2D.Double();
        piece.moveTo(x - 4 * inX, y - 4 * inY);
        piece.lineTo(x + inX * wide, y - 4 * inY);
        for (int i = 1; i < 5; i++) { // a jagged way from one edge to the other
            double along = i / 5.0;
            piece.lineTo(
                    x + inX * (wide * (1 - along) + between(random, -7, 7)),
                    y + inY * (high * along + between(random, -7, 7)));
        }
        piece.lineTo(x - 4 * inX, y + inY * high);
        piece.closePath();
        return new Blemish(piece, g -> {
            g.setColor(new Color(196, 190, 150));
            g.setStroke(new BasicStroke(5f));
            Shape clip = g.getClip();
            g.clip(new java.awt.geom.RoundRectangle2D.Double(28, 36, 328, 312, 22, 22));
            g.draw(piece);
            g.setClip(clip);
            g.setColor(Camera.BENCH);
            g.fill(piece);
        });
    }

    private static BasicStroke stroke(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static double between(Random random, double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    private static double clamp(double position) {
        return Math.max(MARGIN * 0.7, Math.min(Board.SIDE - MARGIN * 0.7, position));
    }
}
