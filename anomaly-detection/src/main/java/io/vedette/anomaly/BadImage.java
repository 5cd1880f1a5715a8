package io.vedette.anomaly;

/** A photograph that cannot be used. The message is safe for the caller and names the file. */
public class BadImage extends RuntimeException {
    public BadImage(String message) {
        super(message);
    }
}
