package io.vedette.anomaly;

import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.image.Pixels;
import io.vedette.anomaly.image.UnusableImage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** From photographs of one size to what the network gets: the one path for training and scoring. */
final class Pictures {
    private Pictures() {}

    /** @throws UncheckedIOException if the photograph could not be read, which says nothing about the image */
    static ImageFile open(Photograph photograph) {
        try {
            return ImageFile.of(photograph.name(), photograph.read());
        } catch (UnusableImage e) {
            throw new BadImage(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + photograph.name(), e);
        }
    }

    /**
     * @param side the long side to bring the picture to, in pixels
     * @param expected the size that the photograph must have
     * @param others what has that size, for the message
     * @throws BadImage if the photograph is damaged or of another size
     */
    static Pixels decode(ImageFile file, int side, Dimensions expected, String others) {
        if (!file.dimensions().equals(expected))
            throw new BadImage("Images in the dataset must have the same dimensions. " + file.name() + " is "
                    + file.dimensions() + ", " + others + " " + expected + ".");
        try {
            return file.decode(side);
        } catch (UnusableImage e) {
            throw new BadImage(e.getMessage());
        }
    }
}
