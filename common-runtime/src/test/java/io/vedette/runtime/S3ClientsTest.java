package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ClientsTest {
    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, MissingObject, s3://b/k does not exist.",
        "404, NoSuchBucket, MissingBucket, The bucket b does not exist.",
        "404, , MissingObject, s3://b/k does not exist.",
        "403, AccessDenied, Denied, Access to s3://b/k was denied.",
        "503, SlowDown, Unavailable, The object store did not answer for s3://b/k.",
        "500, InternalError, Unavailable, The object store did not answer for s3://b/k.",
    })
    void refusalsHaveNamesAndSayWhatTheyAreAbout(int status, String code, String kind, String message) {
        // Given
        var refusal = S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        // When
        ObjectStoreException translated = S3Clients.translated((S3Exception) refusal, "b", "s3://b/k");
        // Then
        assertThat(translated.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(translated).hasMessage(message).hasCause(refusal);
        assertThat(translated.isCallersFault()).isEqualTo(!kind.equals("Unavailable"));
    }
}
