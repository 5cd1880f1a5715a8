package io.vedette.standalone.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The worst mistakes of a model, each as the photograph and beside it what the model saw, and all scores below. */
public final class CloseLook {
    private static final Color PAPER = new Color(0xF7F7F5);
    private static final Color INK = new Color(0x26292C);
    private static final Color RIGHT = new Color(0x2E8B57);
    private static final Color WRONG = new Color(0xC8322B);
    private static final int MOST = 4;
    private static final int TILE = 300;
    private static final int GAP = 16;
    private static final int FRAME = 4;
    private static final int TITLE = 104;
    private static final int CAPTION = 52;
    private static final int LEGEND = 46;
    private static final int WIDTH = 4 * TILE + 5 * GAP + GAP;

    private CloseLook() {}

    /** An RGB picture; where there are no mistakes it shows the least sure verdicts. @throws IOException if an image cannot be read */
    public static BufferedImage draw(String title, List<Look> looks) throws IOException {
        List<Look> worst = worst(looks);
        List<Verdict> verdicts = looks.stream().map(Look::verdict).toList();
        long mistakes = verdicts.stream().filter(verdict -> !verdict.right()).count();
        BufferedImage strip = ScoreStrip.draw("all test images", verdicts);
        int rows = (worst.size() + 1) / 2;
        int body = TITLE + rows * (TILE + CAPTION + GAP);
        BufferedImage picture =
                new BufferedImage(WIDTH, body + LEGEND + strip.getHeight() + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setColor(INK);
        PixelText.draw(graphics, title, GAP, 16, 2.4);
        PixelText.draw(graphics, headline(mistakes, verdicts.size()), GAP, 50, 1.7);
        for (int column = 0; column < Math.min(2, worst.size()); column++) {
            int x = GAP + column * (2 * TILE + 3 * GAP);
            PixelText.draw(graphics, "photograph", x, 80, 1.4);
            PixelText.draw(graphics, "what the model saw", x + TILE + GAP, 80, 1.4);
        }
        for (int i = 0; i < worst.size(); i++) {
            int x = GAP + i % 2 * (2 * TILE + 3 * GAP);
            pair(graphics, worst.get(i), x, TITLE + i / 2 * (TILE + CAPTION + GAP));
        }
        legend(graphics, body, worst);
        graphics.drawImage(strip, GAP, body + LEGEND, null);
        graphics.dispose();
        return picture;
    }

    private static List<Look> worst(List<Look> looks) {
        return looks.stream()
                .sorted(Comparator.comparing((Look look) -> look.verdict().right())
                        .thenComparing(look -> look.verdict().right()
                                ? look.verdict().confidence()
                                : -look.verdict().confidence()))
                .limit(MOST)
                .toList();
    }

    private static String headline(long mistakes, int images) {
        return mistakes == 0
                ? "no mistake in " + images + " test images: these are the verdicts it was least sure of"
                : mistakes + " of " + images + " test images wrong, the surest mistakes first";
    }

    private static void pair(Graphics2D graphics, Look look, int x, int y) throws IOException {
        Verdict verdict = look.verdict();
        Color color = verdict.right() ? RIGHT : WRONG;
        BufferedImage photo = read(verdict.image());
        double scale = Math.min(TILE / (double) photo.getWidth(), TILE / (double) photo.getHeight());
        int width = (int) Math.round(photo.getWidth() * scale);
        int height = (int) Math.round(photo.getHeight() * scale);
        BufferedImage seen = HeatOverlay.draw(photo, readIfAny(look.heat()), readIfAny(look.mask()), width, height);
        graphics.setColor(color);
        graphics.fillRect(x - FRAME, y - FRAME, 2 * TILE + GAP + 2 * FRAME, TILE + 2 * FRAME);
        graphics.setColor(PAPER);
        graphics.fillRect(x, y, 2 * TILE + GAP, TILE);
        graphics.drawImage(photo, x + (TILE - width) / 2, y + (TILE - height) / 2, width, height, null);
        graphics.drawImage(seen, x + TILE + GAP + (TILE - width) / 2, y + (TILE - height) / 2, null);
        graphics.setColor(color);
        PixelText.draw(graphics, verdictText(verdict), x, y + TILE + 10, 1.8);
        graphics.setColor(INK);
        PixelText.draw(graphics, name(verdict.image()), x, y + TILE + 30, 1.3);
    }

    private static String verdictText(Verdict verdict) {
        String said = verdict.saidAnomalous() ? "anomaly" : "normal";
        String is = verdict.anomalous() ? "anomaly" : "normal";
        String sure = Math.round(verdict.confidence() * 100) + "% sure";
        return verdict.right() ? "right: " + is + ", " + sure : "is " + is + ", called " + said + ", " + sure;
    }

    private static String name(Path image) {
        String name = image.getFileName().toString();
        int most = 70;
        return name.length() > most ? name.substring(0, most - 2) + ".." : name;
    }

    private static void legend(Graphics2D graphics, int y, List<Look> looks) {
        boolean heated = looks.stream().anyMatch(look -> look.heat().isPresent());
        graphics.setColor(INK);
        if (!heated) {
            PixelText.draw(graphics, "this learner knows whole images only: there is no heat to show", GAP, y + 8, 1.5);
            return;
        }
        PixelText.draw(graphics, "heat: normal", GAP, y + 8, 1.5);
        int left = GAP + (int) PixelText.width("heat: normal  ", 1.5);
        int wide = 240;
        for (int i = 0; i < wide; i++) {
            graphics.setColor(new Color(HeatOverlay.blended(150, i / (double) wide)));
            graphics.fillRect(left + i, y + 4, 1, 18);
        }
        graphics.setColor(INK);
        graphics.fillRect(left + wide / 2, y, 2, 26);
        PixelText.draw(graphics, "anomalous from the mark on", left + wide + 14, y + 8, 1.5);
        if (looks.stream().anyMatch(look -> look.mask().isPresent())) {
            int at = left + wide + 14 + (int) PixelText.width("anomalous from the mark on     ", 1.5);
            graphics.setColor(new Color(0x00B7FF));
            graphics.fillRect(at, y + 6, 14, 14);
            graphics.setColor(INK);
            PixelText.draw(graphics, "outline: the defect as people drew it", at + 24, y + 8, 1.5);
        }
    }

    private static BufferedImage readIfAny(Optional<Path> file) throws IOException {
        return file.isEmpty() ? null : read(file.get());
    }

    private static BufferedImage read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException(file + " is no image that this Java reads");
        }
        return image;
    }
}
