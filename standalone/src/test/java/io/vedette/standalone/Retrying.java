package io.vedette.standalone;

import java.net.URI;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;

/** SDK clients with retries other than the SDK's usual ones. */
final class Retrying {
    private Retrying() {}

    /** The same endpoint and key. @param retries the SDK's own, with its own back-off */
    static LookoutVisionClient client(LookoutVisionClient usual, int retries) {
        URI endpoint = usual.serviceClientConfiguration().endpointOverride().orElseThrow();
        return LookoutVisionClient.builder()
                .endpointOverride(endpoint)
                .region(usual.serviceClientConfiguration().region())
                .credentialsProvider(usual.serviceClientConfiguration().credentialsProvider())
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(200))
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(1 + retries)
                                .circuitBreakerEnabled(false)
                                .build()))
                .build();
    }
}
