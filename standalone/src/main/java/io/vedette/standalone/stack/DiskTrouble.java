package io.vedette.standalone.stack;

import java.io.IOException;

/** Says in one sentence why a file could not be written. */
public final class DiskTrouble {
    private DiskTrouble() {}

    public static String sentence(IOException e, Home home) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                ? "the disk of " + home.directory() + " is full."
                : message + ".";
    }
}
