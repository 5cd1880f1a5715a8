package io.vedette.runtime;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** How the store is spoken to, and what its refusals mean. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** The longest silence within a transfer; a transfer as a whole has no limit. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 4;

    private S3Clients() {}

    static S3Client create(S3Settings settings) {
        var http = UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
        settings.ca().map(TrustedAuthorities::read).ifPresent(trusted -> http.tlsTrustManagersProvider(() -> trusted));
        var client = S3Client.builder()
                .httpClient(http.build())
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.pathStyle())
                // S3Proxy leaves the end of a body in chunks of AWS's own making unread, and then closes the connection
                // without a word: every fifth upload met such a one and had to be sent again.
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                // Stores other than Amazon's do not know the newer trailing checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.addExecutionInterceptor(new WithoutExpect())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        settings.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        if (settings.accessKeyId().isEmpty() || settings.secretAccessKey().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                settings.accessKeyId().get(), settings.secretAccessKey().get()));
    }

    /** @param what the object or bucket that was asked for, as people would name it */
    static ObjectStoreException translated(SdkException failure, String bucket, String what) {
        if (failure instanceof S3Exception refused) {
            AwsErrorDetails details = refused.awsErrorDetails();
            String code = details == null || details.errorCode() == null ? "" : details.errorCode();
            if (code.equals("NoSuchBucket")) {
                return new ObjectStoreException.MissingBucket(bucket, failure);
            }
            if (refused.statusCode() == 404) {
                return what.equals(bucket)
                        ? new ObjectStoreException.MissingBucket(bucket, failure)
                        : new ObjectStoreException.MissingObject(what, failure);
            }
            if (refused.statusCode() == 403) {
                return new ObjectStoreException.Denied(what.equals(bucket) ? "the bucket " + bucket : what, failure);
            }
            if (isFinal(refused.statusCode(), code)) {
                return new ObjectStoreException.Refused(what, failure);
            }
        }
        return new ObjectStoreException.Unavailable(what, failure);
    }

    /** Redirects go to another region; 501 is what a store says that lacks the feature. */
    private static boolean isFinal(int status, String code) {
        return status == 301
                || status == 501
                || status == 400 && !code.equals("RequestTimeout") && !code.equals("ExpiredToken");
    }

    /**
     * HttpURLConnection notices a refusal that comes while it waits for "100 Continue" only after {@link #SILENCE}, gives
     * an upload up that is told to go on late, and waits for one answer more than it needs to.
     */
    private static final class WithoutExpect implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(
                Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }
}
