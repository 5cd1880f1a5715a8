package io.vedette.common.dataset;

import io.vedette.common.S3Uri;
import java.time.Instant;
import java.util.List;
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
        S3Uri sourceRef, Optional<Label> label, Optional<Instant> creationDate, Optional<S3Uri> maskRef, String line) {

    /** The most characters a line may have, as given and as kept (the API's DatasetEntry type). */
    public static final int MAX_LENGTH = 8192;

    /**
     * Reads one line of a manifest, or one that {@link #line()} gave: that gives an equal entry again.
     *
     * <p>Only {@code class-name} says what an image shows, in any case of letters; where it is missing or neither
     * {@code normal} nor {@code anomaly}, the image is unlabelled. A creation date that cannot be read is no creation date.
     *
     * @throws BadEntry if the line is too long, no JSON object, or without the S3 address of an image
     */
    public static DatasetEntry parse(String line) {
        return ManifestLine.read(line).toEntry();
    }

    /**
     * What the colours of the mask stand for, in the order of its colour map; none without a mask.
     *
     * @throws BadEntry if the colour map lacks a name or a colour: a data set takes such a line, a training does not
     */
    public List<DefectClass> defectClasses() {
        return maskRef.isEmpty() ? List.of() : ManifestLine.read(line).defectClasses();
    }
}
