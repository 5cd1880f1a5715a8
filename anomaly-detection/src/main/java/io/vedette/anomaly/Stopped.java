package io.vedette.anomaly;

/** Thrown through the work by a {@link Progress} that wants it to stop. */
public class Stopped extends RuntimeException {}
