package io.vedette.anomaly;

import java.util.Optional;

/**
 * A photograph whose verdict is known.
 *
 * @param mask where its defects are, if that is known too
 */
public record Example(Photograph photograph, boolean anomalous, Optional<MaskSource> mask) {
    public Example(Photograph photograph, boolean anomalous) {
        this(photograph, anomalous, Optional.empty());
    }
}
