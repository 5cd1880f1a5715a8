package io.vedette.standalone.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Images side by side, each framed green where the model was right and red where it was wrong. */
public final class ContactSheet {
    private static final Color PAPER = new Color(0xF7F7F5);
    private static final Color INK = new Color(0x26292C);
    private static final Color RIGHT = new Color(0x2E8B57);
    private static final Color WRONG = new Color(0xC8322B);
    private static final int GAP = 14;
    private static final int FRAME = 4;
    private static final int CAPTION = 30;
    private static final int TITLE = 40;
    private final int columns;
    private final int tile;

    /** @param tile the side of the square that each image is fitted in, in pixels */
    public ContactSheet(int columns, int tile) {
        this.columns = columns;
        this.tile = tile;
    }

    /** An RGB picture. @throws IOException if an image cannot be read */
    public BufferedImage draw(String title, List<Verdict> verdicts) throws IOException {
        int used = Math.min(columns, Math.max(1, verdicts.size()));
        int rows = (verdicts.size() + used - 1) / used;
        int width = Math.max(GAP + used * (tile + GAP), (int) PixelText.width(title, 2) + 2 * GAP);
        int height = TITLE + rows * (tile + CAPTION + GAP);
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(INK);
        PixelText.draw(graphics, title, GAP, 14, 2);
        for (int i = 0; i < verdicts.size(); i++) {
            int x = GAP + i % used * (tile + GAP);
            int y = TITLE + i / used * (tile + CAPTION + GAP);
            drawTile(graphics, verdicts.get(i), x, y);
        }
        graphics.dispose();
        return sheet;
    }

    private void drawTile(Graphics2D graphics, Verdict verdict, int x, int y) throws IOException {
        graphics.setColor(verdict.right() ? RIGHT : WRONG);
        graphics.fillRect(x - FRAME, y - FRAME, tile + 2 * FRAME, tile + 2 * FRAME);
        graphics.setColor(PAPER);
        graphics.fillRect(x, y, tile, tile);
        BufferedImage image = ImageIO.read(verdict.image().toFile());
        if (image != null) {
            double scale = Math.min(tile / (double) image.getWidth(), tile / (double) image.getHeight());
            int width = (int) Math.round(image.getWidth() * scale);
            int height = (int) Math.round(image.getHeight() * scale);
            graphics.drawImage(image, x + (tile - width) / 2, y + (tile - height) / 2, width, height, null);
        }
        graphics.setColor(verdict.right() ? RIGHT : WRONG);
        String said = verdict.saidAnomalous() ? "anomaly" : "normal";
        String text = said + " " + Math.round(verdict.confidence() * 100) + "%";
        PixelText.draw(graphics, verdict.right() ? text : text + " wrong", x, y + tile + FRAME + 4, 1.4);
    }
}
