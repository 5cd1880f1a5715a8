package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
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

    @Test
    void uploadsAreSentWithoutAskingFirstAndAsTheyAre() throws IOException {
        // Given
        List<Headers> heard = new CopyOnWriteArrayList<>();
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            heard.add(exchange.getRequestHeaders());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        store.start();
        // When
        try (S3Client client = S3Clients.create(at(store))) {
            client.putObject(put -> put.bucket("bucket").key("key"), RequestBody.fromBytes(new byte[3 << 20]));
        } finally {
            store.stop(0);
        }
        // Then
        assertThat(heard)
                .singleElement()
                .matches(headers -> !headers.containsKey("Expect"))
                .matches(headers -> headers.getFirst("Content-Length").equals("" + (3 << 20)))
                .matches(headers -> headers.getFirst("X-amz-content-sha256").matches("[0-9a-f]{64}"));
    }

    private static S3Settings at(HttpServer store) {
        return new S3Settings() {
            @Override
            public Optional<URI> endpoint() {
                return Optional.of(
                        URI.create("http://127.0.0.1:" + store.getAddress().getPort()));
            }

            @Override
            public String region() {
                return "us-east-1";
            }

            @Override
            public Optional<String> accessKeyId() {
                return Optional.of("AKIATEST");
            }

            @Override
            public Optional<String> secretAccessKey() {
                return Optional.of("test");
            }

            @Override
            public boolean pathStyle() {
                return true;
            }

            @Override
            public String bucket() {
                return "vedette";
            }
        };
    }
}
