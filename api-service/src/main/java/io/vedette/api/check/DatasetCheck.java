package io.vedette.api.check;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A check as it stands.
 *
 * @param total images that there are to look at
 * @param done images that were looked at; never falls
 * @param endedAt null while it goes on
 */
record DatasetCheck(
        UUID checkId, Status status, String statusMessage, int total, int done, Instant askedAt, Instant endedAt) {

    enum Status {
        IN_PROGRESS("The dataset is being checked."),
        COMPLETE("The dataset was checked."),
        FAILED("The dataset could not be checked.");

        private final String sentence;

        Status(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /** What is wrong with an image. */
    enum Kind {
        /** Missing, denied, too large a file, neither PNG nor JPEG, damaged, or too small or large a picture. */
        IMAGE,
        /** Another size than most images of the data set have. */
        DIMENSIONS,
        /** The same file as an earlier image. */
        DUPLICATE,
        /** Missing, denied, no PNG, damaged, not the image's size, or a colour that its colour map does not list. */
        MASK
    }

    /** @param problem in words that name the file */
    record Finding(String sourceRef, Kind kind, String problem) {}

    /**
     * @param count how many there are
     * @param first the first of them, in the order of the data set
     */
    record Findings(int count, List<Finding> first) {}
}
