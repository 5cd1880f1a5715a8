package io.vedette.api.dataset;

import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import io.vedette.common.S3Uri;
import java.util.Optional;
import java.util.UUID;

/**
 * An import that this process has claimed.
 *
 * @param claim the fence: whoever holds another one has taken the import over
 * @param attempts how often it was claimed, this time included
 */
record ImportJob(
        long importId,
        UUID datasetId,
        DatasetType type,
        Kind kind,
        S3Uri source,
        Optional<String> versionId,
        UUID claim,
        int attempts) {

    /** What an import does, and the states it ends in. */
    enum Kind {
        CREATE("manifest", DatasetStatus.CREATE_COMPLETE, DatasetStatus.CREATE_FAILED),
        UPDATE("changes", DatasetStatus.UPDATE_COMPLETE, DatasetStatus.UPDATE_FAILED_ROLLBACK_COMPLETE);

        private final String source;
        private final DatasetStatus done;
        private final DatasetStatus failed;

        Kind(String source, DatasetStatus done, DatasetStatus failed) {
            this.source = source;
            this.done = done;
            this.failed = failed;
        }

        /** What messages call the lines' origin. */
        String source() {
            return source;
        }

        DatasetStatus done() {
            return done;
        }

        DatasetStatus failed() {
            return failed;
        }
    }
}
