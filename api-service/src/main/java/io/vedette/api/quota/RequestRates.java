package io.vedette.api.quota;

import io.vedette.api.aws.AwsError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Requests a second, per account and operation. Counted in this process alone: with more replicas, an account may make
 * as many requests on each.
 */
@ApplicationScoped
public class RequestRates {
    /** QuotaCode of the requests a second. */
    public static final String REQUESTS = "requests-per-second";

    private static final Duration SHORTEST_TOLD = Duration.ofSeconds(1);
    private static final String UNLIMITED_OPERATION = "DetectAnomalies";

    private final QuotaSettings settings;
    // One for each operation of each account that has called: by no more than there are, as regions do not count.
    private final Map<Limited, TokenBucket> buckets = new ConcurrentHashMap<>();

    RequestRates(QuotaSettings settings) {
        this.settings = settings;
    }

    private record Limited(String account, String operation) {}

    /**
     * @param own the account's own figure; 0 for no limit, empty for the configured one
     * @throws io.vedette.api.aws.ServiceException THROTTLING if this request is one too many
     */
    public void check(String account, String operation, Optional<Integer> own) {
        int rate = own.orElse(settings.quotas().requestsPerSecond());
        if (rate == 0 || operation.equals(UNLIMITED_OPERATION)) {
            return;
        }
        long now = System.nanoTime();
        TokenBucket bucket =
                buckets.computeIfAbsent(new Limited(account, operation), limited -> new TokenBucket(rate, now));
        bucket.take(rate, System.nanoTime()).ifPresent(wait -> {
            throw AwsError.THROTTLING
                    .because("Rate exceeded: " + operation + " may be called " + rate + " times a second.")
                    .ofQuota(REQUESTS)
                    .retryAfter(wait.compareTo(SHORTEST_TOLD) < 0 ? SHORTEST_TOLD : wait);
        });
    }
}
