package io.vedette.standalone.sample;

import io.vedette.standalone.picture.PixelText;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The printed part: a board of {@value #SIDE} by {@value #SIDE} units, each copy a little different within its tolerances. */
final class Board {
    static final int SIDE = 384;
    private static final Color MASK = new Color(22, 88, 58);
    private static final Color TRACE = new Color(46, 126, 84);
    private static final Color GOLD = new Color(205, 168, 84);
    private static final Color SILK = new Color(226, 230, 222);
    private static final Color BLACK = new Color(34, 34, 38);
    private static final Color TIN = new Color(176, 180, 184);
    private static final double[][] TRACES = {
        {52, 78, 120, 78, 150, 108, 150, 148}, {52, 98, 108, 98, 138, 128, 138, 148}, {52, 118, 96, 118, 126, 148},
        {332, 84, 262, 84, 232, 114, 232, 148}, {332, 106, 270, 106, 246, 130, 246, 160}, {128, 250, 128, 300, 90, 320},
        {152, 250, 152, 306, 176, 326}, {200, 250, 200, 290, 240, 320}, {224, 250, 224, 276, 300, 276, 326, 250},
        {262, 200, 300, 200, 330, 170}, {114, 190, 84, 190, 60, 214}, {114, 214, 96, 214, 60, 250},
    };

    /** A component that a machine can forget to place. */
    private record Component(Shape outline, Color body, boolean leavesPads) {}

    private final Random random;
    private final List<Component> components = new ArrayList<>();
    private final int forgotten;

    /** @param random the copy's tolerances */
    Board(Random random, boolean complete) {
        this.random = random;
        for (int i = 0; i < 5; i++) {
            components.add(resistor(70 + i * 26, 268, i % 2 == 0));
        }
        for (int i = 0; i < 4; i++) {
            components.add(resistor(296, 126 + i * 26, i % 2 == 1));
        }
        components.add(new Component(new Ellipse2D.Double(206 + jitter(), 52 + jitter(), 46, 46), TIN, true));
        components.add(new Component(
                new Ellipse2D.Double(62 + jitter(), 158 + jitter(), 30, 30), new Color(150, 96, 52), true));
        components.add(new Component(
                new Rectangle2D.Double(276 + jitter(), 296 + jitter(), 48, 26), new Color(56, 60, 92), true));
        forgotten = complete ? -1 : random.nextInt(components.size());
    }

    /** What is missing, or null. */
    Shape gap() {
        return forgotten < 0 ? null : components.get(forgotten).outline();
    }

    void paint(Graphics2D g) {
        g.setColor(MASK);
        g.fill(new RoundRectangle2D.Double(28, 36, 328, 312, 22, 22));
        g.setColor(MASK.darker());
        g.setStroke(new BasicStroke(2f));
        g.draw(new RoundRectangle2D.Double(28, 36, 328, 312, 22, 22));
        paintTraces(g);
        paintPads(g);
        paintChip(g);
        for (int i = 0; i < components.size(); i++) {
            paint(g, components.get(i), i == forgotten);
        }
        paintPrint(g);
    }

    private void paintTraces(Graphics2D g) {
        g.setColor(TRACE);
        g.setStroke(new BasicStroke(4.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (double[] points : TRACES) {
            Path2D path = new Path2D.Double();
            path.moveTo(points[0], points[1]);
            for (int i = 2; i < points.length; i += 2) {
                path.lineTo(points[i], points[i + 1]);
            }
            g.draw(path);
        }
    }

    private void paintPads(Graphics2D g) {
        for (double[] points : TRACES) {
            ring(g, points[0], points[1], 7, 3);
            ring(g, points[points.length - 2], points[points.length - 1], 5, 2);
        }
        for (double[] corner : new double[][] {{46, 54}, {338, 54}, {46, 330}, {338, 330}}) {
            ring(g, corner[0], corner[1], 10, 6);
        }
    }

    private void paintChip(Graphics2D g) {
        double x = 114 + jitter();
        double y = 148 + jitter();
        g.setColor(TIN);
        for (int i = 0; i < 9; i++) {
            g.fill(new Rectangle2D.Double(x + 12 + i * 14.5, y - 9, 6, 120));
            g.fill(new Rectangle2D.Double(x - 9, y + 8 + i * 10.2, 166, 4.5));
        }
        g.setColor(BLACK);
        g.fill(new Rectangle2D.Double(x, y, 148, 102));
        g.setColor(new Color(70, 70, 76));
        g.fill(new Ellipse2D.Double(x + 8, y + 8, 10, 10));
        g.setColor(new Color(150, 152, 150));
        PixelText.draw(g, "VEDETTE", x + 30, y + 30, 2.1);
        PixelText.draw(g, "LOT " + (1000 + random.nextInt(9000)), x + 30, y + 58, 1.7);
    }

    private void paint(Graphics2D g, Component component, boolean forgottenHere) {
        Rectangle2D box = component.outline().getBounds2D();
        g.setColor(GOLD);
        if (component.leavesPads()) {
            g.fill(new Rectangle2D.Double(box.getX() + 2, box.getCenterY() - 5, 8, 10));
            g.fill(new Rectangle2D.Double(box.getMaxX() - 10, box.getCenterY() - 5, 8, 10));
        } else {
            g.fill(new Rectangle2D.Double(box.getX() + 1, box.getY(), box.getWidth() - 2, 6));
            g.fill(new Rectangle2D.Double(box.getX() + 1, box.getMaxY() - 6, box.getWidth() - 2, 6));
        }
        if (forgottenHere) {
            return;
        }
        g.setColor(new Color(0, 0, 0, 70));
        g.fill(new Rectangle2D.Double(box.getX() + 3, box.getY() + box.getHeight() - 2, box.getWidth(), 4));
        g.setColor(component.body());
        g.fill(component.outline());
        g.setColor(new Color(255, 255, 255, 46));
        double inset = box.getWidth() * 0.18;
        g.fill(new Ellipse2D.Double(
                box.getX() + inset, box.getY() + inset, box.getWidth() * 0.5, box.getHeight() * 0.4));
        if (!component.leavesPads()) {
            g.setColor(TIN);
            g.fill(new Rectangle2D.Double(box.getX(), box.getY(), box.getWidth(), 5));
            g.fill(new Rectangle2D.Double(box.getX(), box.getMaxY() - 5, box.getWidth(), 5));
        }
    }

    private void paintPrint(Graphics2D g) {
        g.setColor(SILK);
        PixelText.draw(g, "REV C", 172, 330, 1.3);
        PixelText.draw(g, "R1", 52, 256, 1.2);
        PixelText.draw(g, "C4", 212, 106, 1.2);
        PixelText.draw(g, "+5V", 66, 58, 1.2);
        g.setStroke(new BasicStroke(1.4f));
        g.draw(new Rectangle2D.Double(60, 262, 136, 36));
        g.draw(new Ellipse2D.Double(202, 48, 54, 54));
        double x = 96;
        while (x < 172) { // the serial number's bars: every board has its own
            double bar = 1 + random.nextInt(3);
            g.fill(new Rectangle2D.Double(x, 50, bar, 18));
            x += bar + 1.5 + random.nextInt(2);
        }
        g.draw(new Line2D.Double(270, 290, 330, 290));
    }

    private Component resistor(double x, double y, boolean dark) {
        Shape outline = new Rectangle2D.Double(x + jitter(), y + jitter(), 14, 25);
        return new Component(outline, dark ? BLACK : new Color(122, 92, 66), false);
    }

    private void ring(Graphics2D g, double x, double y, double radius, double hole) {
        g.setColor(GOLD);
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        g.setColor(new Color(20, 24, 22));
        g.fill(new Ellipse2D.Double(x - hole, y - hole, 2 * hole, 2 * hole));
    }

    private double jitter() {
        return random.nextDouble() * 3 - 1.5;
    }
}
