package io.vedette.standalone.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Every test image as a dot on a line from "surely normal" to "surely an anomaly", good parts above, faulty ones below. */
public final class ScoreStrip {
    private static final Color NORMAL = new Color(0x2F6DB5);
    private static final Color ANOMALY = new Color(0xD97706);
    private static final Color INK = new Color(0x26292C);
    private static final int WIDTH = 900;
    private static final int HEIGHT = 300;
    private static final int LEFT = 150;
    private static final int RIGHT = 860;

    private ScoreStrip() {}

    /** An RGB picture. */
    public static BufferedImage draw(String title, List<Verdict> verdicts) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(INK);
        PixelText.draw(graphics, title, 24, 20, 2);
        row(graphics, "normal", 110, NORMAL, verdicts, false);
        row(graphics, "anomaly", 190, ANOMALY, verdicts, true);
        axis(graphics);
        graphics.dispose();
        return picture;
    }

    private static void row(
            Graphics2D graphics, String label, int y, Color color, List<Verdict> verdicts, boolean anomalous) {
        graphics.setColor(color);
        PixelText.draw(graphics, label, 24, y - 7, 2);
        List<Verdict> dots = verdicts.stream()
                .filter(verdict -> verdict.anomalous() == anomalous)
                .toList();
        for (int i = 0; i < dots.size(); i++) {
            double x = LEFT + dots.get(i).anomalyConfidence() * (RIGHT - LEFT);
            double dy = y + (i % 5 - 2) * 8; // so that equal scores are seen side by side
            graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 170));
            graphics.fill(new Ellipse2D.Double(x - 6, dy - 6, 12, 12));
            graphics.setColor(dots.get(i).right() ? color.darker() : Color.RED);
            graphics.setStroke(new BasicStroke(dots.get(i).right() ? 1f : 2.5f));
            graphics.draw(new Ellipse2D.Double(x - 6, dy - 6, 12, 12));
        }
    }

    private static void axis(Graphics2D graphics) {
        graphics.setColor(INK);
        graphics.setStroke(new BasicStroke(1f));
        graphics.draw(new Line2D.Double(LEFT, 240, RIGHT, 240));
        for (int percent = 0; percent <= 100; percent += 25) {
            double x = LEFT + percent / 100.0 * (RIGHT - LEFT);
            graphics.draw(new Line2D.Double(x, 236, x, 244));
            String text = percent + "%";
            PixelText.draw(graphics, text, x - PixelText.width(text, 1.5) / 2, 250, 1.5);
        }
        PixelText.draw(graphics, "confidence that it is an anomaly, red rings are mistakes", LEFT, 276, 1.3);
        graphics.setStroke(
                new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {5, 5}, 0));
        double middle = (LEFT + RIGHT) / 2.0;
        graphics.draw(new Line2D.Double(middle, 70, middle, 240));
    }
}
