package io.vedette.api.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tenant.
 *
 * @param buckets the only ones that it may name; empty for any
 * @param trainings at a time, its own figure: 0 for no limit, empty for the configured one
 * @param requestsPerSecond likewise
 */
record Account(
        String account,
        String name,
        Optional<List<String>> buckets,
        Optional<Integer> trainings,
        Optional<Integer> requestsPerSecond,
        Instant createdAt) {}
