package io.vedette.persistence;

import java.time.Instant;
import java.util.Optional;

/**
 * What a caller wants of a model's hosting.
 *
 * @param minUnits inference units, from 1
 * @param maxUnits empty where the caller named none: then there are always {@code minUnits}
 * @param askedAt when the start was asked for
 * @param failure why it failed, safe for the caller
 */
public record Hosting(int minUnits, Optional<Integer> maxUnits, Instant askedAt, Optional<String> failure) {
    /** How many there may be at once. */
    public int mostUnits() {
        return maxUnits.orElse(minUnits);
    }
}
