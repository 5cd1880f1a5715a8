package io.vedette.common.dataset;

import io.vedette.common.S3Uri;
import java.time.Instant;
import java.util.Optional;

/**
 * One image of a data set, as its manifest line has it (specification §5.2–5.4).
 *
 * @param sourceRef the image
 * @param label what it shows, or empty for an unlabelled image
 * @param creationDate when it was labelled, or empty if the line does not say
 * @param maskRef the mask of its defects, or empty
 * @param line the line itself, with custom attribute names brought to {@code anomaly-label} and {@code anomaly-mask-ref}
 */
public record DatasetEntry(
        S3Uri sourceRef, Optional<Label> label, Optional<Instant> creationDate, Optional<S3Uri> maskRef, String line) {}
