package io.vedette.api.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.AccessDeniedException;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.InternalServerException;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.lookoutvision.model.ThrottlingException;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** What the AWS SDK makes of the answers that our errors give. */
class AwsErrorTest {
    private static final AwsErrorMapper MAPPER = new AwsErrorMapper(json());

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(AwsError.VALIDATION, 400, ValidationException.class),
                Arguments.of(AwsError.ACCESS_DENIED, 403, AccessDeniedException.class),
                Arguments.of(AwsError.NOT_FOUND, 404, ResourceNotFoundException.class),
                Arguments.of(AwsError.CONFLICT, 409, ConflictException.class),
                Arguments.of(AwsError.QUOTA_EXCEEDED, 402, ServiceQuotaExceededException.class),
                Arguments.of(AwsError.THROTTLING, 429, ThrottlingException.class),
                Arguments.of(AwsError.INTERNAL, 500, InternalServerException.class),
                Arguments.of(AwsError.UNKNOWN_OPERATION, 404, LookoutVisionException.class),
                Arguments.of(AwsError.MISSING_AUTHENTICATION_TOKEN, 403, LookoutVisionException.class),
                Arguments.of(AwsError.UNRECOGNIZED_CLIENT, 403, LookoutVisionException.class),
                Arguments.of(AwsError.INVALID_SIGNATURE, 403, LookoutVisionException.class),
                Arguments.of(AwsError.EXPIRED_TOKEN, 403, LookoutVisionException.class));
    }

    @ParameterizedTest
    @MethodSource("errors")
    @Tag("LV-009")
    @Tag("LV-010")
    @Tag("LV-015")
    void theSdkKnowsEveryErrorByItsName(AwsError error, int status, Class<? extends LookoutVisionException> type) {
        LookoutVisionException told = told(error.because("Because of this."));
        assertThat(told).isExactlyInstanceOf(type);
        assertThat(told.statusCode()).isEqualTo(status);
        assertThat(told.awsErrorDetails().errorCode()).isEqualTo(error.wireName());
        assertThat(told.awsErrorDetails().errorMessage()).isEqualTo("Because of this.");
    }

    @Test
    void everyErrorIsTested() {
        assertThat(errors().map(arguments -> arguments.get()[0]))
                .containsExactlyInAnyOrder((Object[]) AwsError.values());
    }

    @Test
    @Tag("LV-011")
    @Tag("LV-012")
    @Tag("LV-016")
    void resourcesAreNamed() {
        for (Resource.Type type : Resource.Type.values()) {
            Resource resource = new Resource(type, "p/1");
            ConflictException conflict = (ConflictException) told(AwsError.CONFLICT.because(resource, "m"));
            assertThat(conflict.resourceId()).isEqualTo("p/1");
            assertThat(conflict.resourceType().name()).isEqualTo(type.name());
        }
        assertThat(Stream.of(Resource.Type.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        ResourceType.knownValues().stream().map(Enum::name).toList());
    }

    @Test
    @Tag("LV-013")
    @Tag("LV-014")
    void quotasAreNamedAndRetriesAdvised() {
        ServiceQuotaExceededException quota = (ServiceQuotaExceededException)
                told(AwsError.QUOTA_EXCEEDED.because("m").ofQuota("V-TRAININGS"));
        assertThat(quota.quotaCode()).isEqualTo("V-TRAININGS");
        assertThat(quota.serviceCode()).isEqualTo("lookoutvision");
        ThrottlingException throttled =
                (ThrottlingException) told(AwsError.THROTTLING.because("m").retryAfter(Duration.ofSeconds(3)));
        assertThat(throttled.retryAfterSeconds()).isEqualTo(3);
    }

    @Test
    void whatIsUnexpectedTellsNothingOfItsInside() {
        Response answer = MAPPER.map(new IllegalStateException("select secret from access_key"));
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getEntity()).isEqualTo("{\"Message\":\"The service failed. Try again later.\"}");
        assertThat(answer.getHeaders()).doesNotContainKey("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "57P01"})
    void whatPassesIsToBeTriedAgainSoon(String sqlState) {
        Response answer = MAPPER.map(new IllegalStateException(new SQLException("gone", sqlState)));
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
    }

    private static LookoutVisionException told(ServiceException error) {
        try (SdkHttpClient answering = new Answering(MAPPER.map(error));
                LookoutVisionClient client = LookoutVisionClient.builder()
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                        .overrideConfiguration(it -> it.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .httpClient(answering)
                        .build()) {
            return catchThrowableOfType(
                    LookoutVisionException.class, () -> client.createProject(it -> it.projectName("p")));
        }
    }

    private static ObjectMapper json() {
        ObjectMapper json = new ObjectMapper();
        new WireJson().customize(json);
        return json;
    }

    /** Gives the same answer to every request. */
    private record Answering(Response answer) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            byte[] body = ((String) answer.getEntity()).getBytes(StandardCharsets.UTF_8);
            SdkHttpFullResponse response = SdkHttpFullResponse.builder()
                    .statusCode(answer.getStatus())
                    .headers(headers())
                    .build();
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    return HttpExecuteResponse.builder()
                            .response(response)
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        private Map<String, List<String>> headers() {
            return answer.getStringHeaders().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public void close() {}
    }
}
