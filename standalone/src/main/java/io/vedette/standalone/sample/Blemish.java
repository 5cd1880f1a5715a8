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
        double step = between(random, 16, 28);
        Path2D line = new Path2D.Double();
        line.moveTo(x, y);
        for (int i = 0; i < 5; i++) {
            angle += between(random, -0.35, 0.35);
            x = clamp(x + Math.cos(angle) * step);
            y = clamp(y + Math.sin(angle) * step);
            line.lineTo(x, y);
        }
        float width = (float) between(random, 2.2, 3.8);
        return new Blemish(stroke(width + 1).createStrokedShape(line), g -> {
            g.setColor(new Color(10, 30, 20, 120));
            g.setStroke(stroke(width + 1.2f));
            g.draw(line);
            g.setColor(new Color(206, 196, 168, 235));
            g.setStroke(stroke(width * 0.72f));
            g.draw(AffineTransform.getTranslateInstance(-0.5, -0.5).createTransformedShape(line));
        });
    }

    /** Flux or oil that dried: a patch of uneven edge, darker at the rim. */
    static Blemish stain(Random random) {
        double x = between(random, MARGIN + 20, Board.SIDE - MARGIN - 20);
        double y = between(random, MARGIN + 20, Board.SIDE - MARGIN - 20);
        double radius = between(random, 16, 30);
        Area patch = new Area();
        for (int i = 0; i < 9; i++) {
            double angle = random.nextDouble() * Math.PI * 2;
            double far = random.nextDouble() * radius * 0.6;
            double size = radius * between(random, 0.45, 0.85);
            patch.add(new Area(new Ellipse2D.Double(
                    x + Math.cos(angle) * far - size, y + Math.sin(angle) * far - size * 0.8, 2 * size, 1.6 * size)));
        }
        int strength = 105 + random.nextInt(55);
        return new Blemish(patch, g -> {
            g.setColor(new Color(112, 78, 34, strength));
            g.fill(patch);
            g.setColor(new Color(70, 44, 16, strength));
            g.setStroke(new BasicStroke(3f));
            g.draw(patch);
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
