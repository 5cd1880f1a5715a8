package io.vedette.api.dataset;

/** A manifest, or the changes of an update, that cannot be imported. The message names the line and may be shown. */
public class BadManifest extends RuntimeException {
    BadManifest(String message) {
        super(message);
    }

    static BadManifest line(long number, String source, String problem) {
        return new BadManifest("Line " + number + " of the " + source + ": " + problem + ".");
    }
}
