package io.vedette.standalone.sample;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * One photograph of the sample set.
 *
 * @param name without an ending; unique in the set
 * @param image RGB, {@value Board#SIDE} pixels square
 * @param defect what is wrong, or empty for a good board
 * @param mask of the image's size, white but for the defect; empty for a good board
 */
public record SamplePhotograph(
        String name, boolean training, BufferedImage image, Optional<Defect> defect, Optional<BufferedImage> mask) {}
