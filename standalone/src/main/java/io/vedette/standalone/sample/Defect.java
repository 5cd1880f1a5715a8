package io.vedette.standalone.sample;

import java.awt.Color;

/** What can be wrong with a board, with the name and the colour it has in masks. */
public enum Defect {
    SCRATCH("scratch", new Color(0xE6194B)),
    STAIN("stain", new Color(0x3C6EB4)),
    MISSING("missing", new Color(0xF0A202));

    private final String className;
    private final Color maskColor;

    Defect(String className, Color maskColor) {
        this.className = className;
        this.maskColor = maskColor;
    }

    public String className() {
        return className;
    }

    /** Opaque; masks are white elsewhere. */
    public Color maskColor() {
        return maskColor;
    }
}
