package io.vedette.standalone.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseLookTest {
    private static final int SIDE = 100;

    @TempDir
    private Path folder;

    @Test
    void heatIsRedWhereItIsHighAndTheRestIsGrey() {
        // When
        BufferedImage overlay =
                HeatOverlay.draw(square(Color.GREEN, null), square(Color.BLACK, Color.WHITE), null, SIDE, SIDE);
        // Then
        Color hot = new Color(overlay.getRGB(50, 50));
        Color cold = new Color(overlay.getRGB(5, 5));
        assertThat(hot.getRed()).isGreaterThan(hot.getGreen() + 60).isGreaterThan(hot.getBlue() + 60);
        assertThat(List.of(cold.getRed(), cold.getGreen())).containsOnly(cold.getBlue());
    }

    @Test
    void heatOfTheThresholdIsYellow() {
        // When
        Color color = new Color(HeatOverlay.blended(128, 0.5));
        // Then
        assertThat(color.getRed()).isGreaterThan(180);
        assertThat(color.getGreen()).isBetween(150, color.getRed());
        assertThat(color.getBlue()).isLessThan(100);
    }

    @Test
    void drawnDefectIsOutlinedNotCovered() {
        // When
        BufferedImage overlay =
                HeatOverlay.draw(square(Color.GRAY, null), null, square(Color.WHITE, Color.RED), SIDE, SIDE);
        // Then: the square lies from 40 to 60
        assertThat(overlay.getRGB(39, 50) & 0xFFFFFF).isEqualTo(0x00B7FF);
        assertThat(overlay.getRGB(50, 50)).isEqualTo(overlay.getRGB(5, 5));
    }

    @Test
    void worstMistakeComesFirstAndIsFramedRed() throws IOException {
        // Given
        Path photo = folder.resolve("photo.png");
        ImageIO.write(square(Color.GRAY, null), "png", photo.toFile());
        Look right = new Look(new Verdict(photo, true, true, 0.55), Optional.empty(), Optional.empty());
        Look wrong = new Look(new Verdict(photo, false, true, 0.9), Optional.empty(), Optional.empty());
        // When
        BufferedImage picture = CloseLook.draw("tiles", List.of(right, wrong));
        // Then
        assertThat(picture.getRGB(14, 260) & 0xFFFFFF).isEqualTo(0xC8322B);
        assertThat(picture.getRGB(picture.getWidth() / 2 + 14, 260) & 0xFFFFFF).isEqualTo(0x2E8B57);
    }

    private static BufferedImage square(Color around, Color inside) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(around);
        graphics.fillRect(0, 0, SIDE, SIDE);
        if (inside != null) {
            graphics.setColor(inside);
            graphics.fillRect(40, 40, 20, 20);
        }
        graphics.dispose();
        return image;
    }
}
