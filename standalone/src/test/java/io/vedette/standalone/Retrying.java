package io.vedette.standalone;

import java.net.URI;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClientBuilder;

/** SDK clients whose retries are others than the SDK's usual ones, or are watched. */
final class Retrying {
    private Retrying() {}

    /** The same endpoint and key, with the SDK's usual retries. @param watching every answer, absorbed ones too */
    static LookoutVisionClient usual(LookoutVisionClient usual, ExecutionInterceptor watching) {
        return builder(usual)
                .overrideConfiguration(override -> override.addExecutionInterceptor(watching))
                .build();
    }

    /** The same endpoint and key. @param retries the SDK's own, with its own back-off */
    static LookoutVisionClient client(LookoutVisionClient usual, int retries) {
        return builder(usual)
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(1 + retries)
                                .circuitBreakerEnabled(false)
                                .build()))
                .build();
    }

    private static LookoutVisionClientBuilder builder(LookoutVisionClient usual) {
        URI endpoint = usual.serviceClientConfiguration().endpointOverride().orElseThrow();
        return LookoutVisionClient.builder()
                .endpointOverride(endpoint)
                .region(usual.serviceClientConfiguration().region())
                .credentialsProvider(usual.serviceClientConfiguration().credentialsProvider())
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(200));
    }
}
