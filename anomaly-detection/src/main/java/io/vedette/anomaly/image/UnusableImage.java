package io.vedette.anomaly.image;

/** A file that is no image, or none that may be decoded. The message is safe for the caller and names the file. */
public class UnusableImage extends RuntimeException {
    UnusableImage(String message) {
        super(message);
    }
}
