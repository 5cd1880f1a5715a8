package io.vedette.anomaly;

/** A photograph whose verdict is known. */
public record Example(Photograph photograph, boolean anomalous) {}
