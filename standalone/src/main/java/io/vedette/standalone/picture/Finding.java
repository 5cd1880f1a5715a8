package io.vedette.standalone.picture;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a model said of a photograph, with what it has to show for it.
 *
 * @param heat grey, on the model's own scale: 0 is normal, from half of 255 on a cell makes an image anomalous
 * @param regions the defects found; none of a model that only knows whole images
 */
public record Finding(
        Path photograph,
        boolean anomalous,
        double confidence,
        double score,
        double threshold,
        Optional<BufferedImage> heat,
        List<Region> regions) {

    /**
     * A box around one defect, in shares of the photograph's width and height.
     *
     * @param color 0xRRGGBB of its kind
     */
    public record Region(String name, int color, double left, double top, double width, double height) {}
}
