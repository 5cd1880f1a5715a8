package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Clocks differ: what a worker or a caller takes for the time decides nothing but whether a signature is too old. */
@FaultTest
@Execution(ExecutionMode.CONCURRENT)
class ClockFaultsTest {
    private static final Duration OFF = Duration.ofMinutes(10);

    @Fault(34)
    void clocksAreTenMinutesOff(Scene row) throws IOException {
        // Given
        row.prepare("slow-4");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        // When: heartbeats come that a worker has dated wrongly
        List<Seen> heartbeats = Evidence.of(row.stack(), row.name()).on(Topic.RUN_EVENTS).stream()
                .filter(event -> (row.arns() + model).equals(event.key()))
                .toList();
        row.fault();
        Resent.dated(row.stack(), heartbeats, Instant.now().plus(OFF));
        Resent.dated(row.stack(), heartbeats, Instant.now().minus(OFF));
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).isEqualTo(1);
        assertThat(status(row, OFF)).isEqualTo(200);
        assertThat(status(row, OFF.negated())).isEqualTo(200);
        assertThat(status(row, Duration.ofMinutes(16))).isEqualTo(403);
        assertThat(status(row, Duration.ofMinutes(-16))).isEqualTo(403);
    }

    /** Of a call whose caller's clock is off. */
    static int status(Scene row, Duration off) throws IOException {
        var client = row.stack().clients().vision().serviceClientConfiguration();
        AwsCredentialsIdentity key = (AwsCredentialsIdentity)
                client.credentialsProvider().resolveIdentity().join();
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(client.endpointOverride().orElseThrow())
                .encodedPath("/2020-11-20/projects")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(key)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.offset(Clock.systemUTC(), off)))
                .request();
        try (SdkHttpClient http = ApacheHttpClient.create()) {
            return http.prepareRequest(
                            HttpExecuteRequest.builder().request(signed).build())
                    .call()
                    .httpResponse()
                    .statusCode();
        }
    }
}
