package io.vedette.api.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** What keys and accounts look like on the wire. Absent is null. */
final class KeyAnswers {
    private KeyAnswers() {}

    /** @param sessionToken of temporary credentials only */
    record CreateAccessKeyResponse(KeyDescription accessKey, String secretAccessKey, String sessionToken) {
        /** Without the secrets, so that no log can have them. */
        @Override
        public String toString() {
            return "CreateAccessKeyResponse[" + accessKey + "]";
        }
    }

    record ListAccessKeysResponse(List<KeyDescription> accessKeys) {}

    record UpdateAccessKeyResponse(KeyDescription accessKey) {}

    record DeleteAccessKeyResponse() {}

    record ListAccountsResponse(List<AccountDescription> accounts) {}

    record PutAccountResponse(AccountDescription account) {}

    record KeyDescription(
            String accessKeyId,
            String account,
            String name,
            String status,
            boolean root,
            List<JsonNode> policies,
            Instant creationTimestamp,
            Instant expirationTimestamp) {
        static KeyDescription of(AccessKey key, KeyPolicies policies) {
            return new KeyDescription(
                    key.accessKeyId(),
                    key.account(),
                    key.name(),
                    key.active() ? "Active" : "Inactive",
                    key.root(),
                    policies.shown(key.policies()),
                    key.createdAt(),
                    key.expiresAt().orElse(null));
        }
    }

    record AccountDescription(
            String account,
            String name,
            List<String> buckets,
            Integer concurrentTrainings,
            Integer requestsPerSecond,
            Instant creationTimestamp) {
        static AccountDescription of(Account account) {
            return new AccountDescription(
                    account.account(),
                    account.name(),
                    account.buckets().orElse(null),
                    account.trainings().orElse(null),
                    account.requestsPerSecond().orElse(null),
                    account.createdAt());
        }
    }
}
