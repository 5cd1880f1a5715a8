package io.vedette.api.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key that signs calls on behalf of an account.
 *
 * @param root the configuration's own key: it may do everything
 * @param policies as they are kept: names of managed policies, and documents
 * @param expiresAt of temporary credentials only
 */
record AccessKey(
        String accessKeyId,
        String account,
        String name,
        boolean root,
        boolean active,
        List<String> policies,
        Instant createdAt,
        Optional<Instant> expiresAt) {}
