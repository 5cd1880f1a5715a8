package io.vedette.anomaly;

import java.io.IOException;
import java.util.List;

/** A drawing of a photograph's defects, read when needed. {@link #name()} is what messages call it. */
public interface MaskSource {
    String name();

    /** The file's bytes: a PNG of the photograph's size, each defect in the colour of its class. */
    byte[] read() throws IOException;

    /** What the colours stand for. */
    List<MaskClass> classes();

    /**
     * @param name of the defect; BACKGROUND, in any case, for pixels without one
     * @param rgb 0xRRGGBB
     */
    record MaskClass(String name, int rgb) {
        public boolean isBackground() {
            return name.equalsIgnoreCase("BACKGROUND");
        }
    }
}
