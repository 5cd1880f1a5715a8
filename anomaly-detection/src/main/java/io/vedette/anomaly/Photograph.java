package io.vedette.anomaly;

import java.io.IOException;

/** A photograph to learn from or score, read when needed. {@link #name()} is what messages call it. */
public interface Photograph {
    String name();

    /** The file's bytes: PNG or JPEG. */
    byte[] read() throws IOException;
}
