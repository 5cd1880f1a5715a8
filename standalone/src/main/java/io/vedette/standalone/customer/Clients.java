package io.vedette.standalone.customer;

import io.vedette.standalone.stack.Credentials;
import io.vedette.standalone.stack.Ports;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The AWS SDK's clients for a stack on this machine. Over Apache's HTTP client, because the JDK's knows no PATCH (UpdateDatasetEntries). */
public record Clients(LookoutVisionClient vision, S3Client s3) implements AutoCloseable {
    public static Clients of(Ports ports, Credentials key) {
        return of("http://127.0.0.1:" + ports.api(), "http://127.0.0.1:" + ports.s3(), key);
    }

    public static Clients of(String api, String s3, Credentials key) {
        var credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        return new Clients(
                LookoutVisionClient.builder()
                        .endpointOverride(URI.create(api))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials)
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build(),
                S3Client.builder()
                        .endpointOverride(URI.create(s3))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials)
                        .forcePathStyle(true)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build());
    }

    @Override
    public void close() {
        vision.close();
        s3.close();
    }
}
