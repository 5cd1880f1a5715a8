package io.vedette.anomaly;

import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.image.UnusableImage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** From photographs of one size to pooled features: the one path for training and scoring. One at a time. */
final class Features implements AutoCloseable {
    private final Backbone backbone;
    private final int side;

    Features(Backbone backbone, int side) {
        this.backbone = backbone;
        this.side = side;
    }

    Backbone backbone() {
        return backbone;
    }

    /**
     * @param expected the size that the photograph must have
     * @param others what has that size, for the message
     * @return 3C float32
     * @throws BadImage if the photograph is damaged or of another size
     */
    float[] of(ImageFile file, Dimensions expected, String others) {
        if (!file.dimensions().equals(expected))
            throw new BadImage("Images in the dataset must have the same dimensions. " + file.name() + " is "
                    + file.dimensions() + ", " + others + " " + expected + ".");
        try {
            return backbone.pooled(file.decode(side));
        } catch (UnusableImage e) {
            throw new BadImage(e.getMessage());
        }
    }

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

    @Override
    public void close() {
        backbone.close();
    }
}
