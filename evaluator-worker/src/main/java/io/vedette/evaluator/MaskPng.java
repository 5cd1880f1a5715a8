package io.vedette.evaluator;

import io.vedette.anomaly.DefectMask;
import io.vedette.common.dataset.DefectClass;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A drawn mask as a file: an RGB PNG without alpha, white but for the defects. */
final class MaskPng {
    private static final int WHITE = 0xFFFFFF;

    private MaskPng() {}

    /** @param colors of the mask's classes, in their order */
    static byte[] of(DefectMask mask, List<DefectClass> colors) {
        BufferedImage image = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[mask.width()];
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int label = mask.labels()[y * row.length + x];
                row[x] = label == 0 ? WHITE : colors.get(label - 1).rgb();
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, "png", png)) {
                throw new IOException("this Java cannot write PNG");
            }
            return png.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The defects that the mask shows. */
    static List<DefectClass> found(DefectMask mask, List<DefectClass> colors) {
        return colors.stream()
                .filter(color -> mask.pixels(colors.indexOf(color)) > 0)
                .toList();
    }
}
