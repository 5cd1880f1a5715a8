package io.vedette.anomaly;

/** Told at every long step; may throw {@link Stopped}, or any unchecked exception, to stop the work there. */
public interface Progress {
    /**
     * @param phase what is being done, in words for people
     * @param done units finished, 0 to {@code total}; within a phase it never falls
     */
    void at(String phase, long done, long total);
}
