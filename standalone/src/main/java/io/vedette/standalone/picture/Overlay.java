package io.vedette.standalone.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A photograph, beside it the same with heat and defects drawn in, and the verdict below. */
public final class Overlay {
    private static final Color PAPER = new Color(0xF7F7F5);
    private static final Color INK = new Color(0x26292C);
    private static final Color NORMAL = new Color(0x2E8B57);
    private static final Color ANOMALY = new Color(0xC8322B);
    private static final int TILE = 480;
    private static final int GAP = 16;
    private static final int CAPTION = 76;
    private static final double LETTER = 2.4;
    private static final double SMALL = 1.6;

    private Overlay() {}

    /** An RGB picture. @throws IOException if the photograph cannot be read */
    public static BufferedImage draw(Finding finding) throws IOException {
        BufferedImage photograph = ImageIO.read(finding.photograph().toFile());
        if (photograph == null) {
            throw new IOException(finding.photograph() + " is no image that this Java can read");
        }
        double scale = (double) TILE / Math.max(photograph.getWidth(), photograph.getHeight());
        int width = (int) Math.round(photograph.getWidth() * scale);
        int height = (int) Math.round(photograph.getHeight() * scale);
        boolean shows = finding.heat().isPresent() || !finding.regions().isEmpty();
        int tiles = shows ? 2 : 1;
        int wide = Math.max(tiles * (width + GAP) + GAP, (int) PixelText.width(second(finding), SMALL) + 2 * GAP);
        BufferedImage picture = new BufferedImage(wide, height + GAP + CAPTION, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (int tile = 0; tile < tiles; tile++) {
            Rectangle2D place = new Rectangle2D.Double(GAP + tile * (width + GAP), GAP, width, height);
            graphics.drawImage(photograph, (int) place.getX(), GAP, width, height, null);
            if (tile == 1) {
                drawFindings(graphics, finding, place);
            }
        }
        caption(graphics, finding, height + 2 * GAP);
        graphics.dispose();
        return picture;
    }

    private static void caption(Graphics2D graphics, Finding finding, int y) {
        graphics.setColor(finding.anomalous() ? ANOMALY : NORMAL);
        String verdict = finding.anomalous() ? "anomaly" : "normal";
        PixelText.draw(graphics, verdict + " " + percent(finding.confidence()), GAP, y, LETTER);
        graphics.setColor(INK);
        PixelText.draw(graphics, second(finding), GAP, y + 28, SMALL);
    }

    private static String second(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%s   score %.3f, threshold %.3f",
                finding.photograph().getFileName(),
                finding.score(),
                finding.threshold());
    }

    private static void drawFindings(Graphics2D graphics, Finding finding, Rectangle2D place) {
        finding.heat().ifPresent(heat -> {
            BufferedImage colors = new BufferedImage(heat.getWidth(), heat.getHeight(), BufferedImage.TYPE_INT_ARGB);
            for (int y = 0; y < heat.getHeight(); y++) {
                for (int x = 0; x < heat.getWidth(); x++) {
                    colors.setRGB(x, y, color(heat.getRaster().getSample(x, y, 0) / 255.0));
                }
            }
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(
                    colors,
                    (int) place.getX(),
                    (int) place.getY(),
                    (int) place.getWidth(),
                    (int) place.getHeight(),
                    null);
        });
        for (Finding.Region region : finding.regions()) {
            double x = place.getX() + region.left() * place.getWidth();
            double y = place.getY() + region.top() * place.getHeight();
            graphics.setColor(new Color(region.color()));
            graphics.setStroke(new BasicStroke(2.5f));
            graphics.draw(new Rectangle2D.Double(
                    x, y, region.width() * place.getWidth(), region.height() * place.getHeight()));
            double above = Math.max(place.getY(), y - 16);
            graphics.fill(new Rectangle2D.Double(x, above, PixelText.width(region.name(), SMALL) + 6, 16));
            graphics.setColor(PAPER);
            PixelText.draw(graphics, region.name(), x + 3, above + 3, SMALL);
        }
    }

    /** Clear while normal, yellow towards the threshold's level, red beyond. ARGB. */
    private static int color(double heat) {
        double strength = Math.max(0, Math.min(1, (heat - 0.2) / 0.6));
        int alpha = (int) Math.round(190 * strength);
        int green = (int) Math.round(210 * Math.max(0, Math.min(1, (0.85 - heat) / 0.45)));
        return alpha << 24 | 230 << 16 | green << 8 | 20;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + "%";
    }
}
