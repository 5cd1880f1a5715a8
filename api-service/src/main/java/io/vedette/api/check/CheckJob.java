package io.vedette.api.check;

import java.util.UUID;

/**
 * A check that this process has claimed.
 *
 * @param after the place of the last entry that was looked at
 * @param claim the fence: whoever holds another one has taken the check over
 * @param attempts how often it was claimed since something of it succeeded, this time included
 */
record CheckJob(UUID checkId, UUID datasetId, long revision, long after, UUID claim, int attempts) {}
