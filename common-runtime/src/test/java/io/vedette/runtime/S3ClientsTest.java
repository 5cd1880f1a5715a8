package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
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
        try (S3Client client = S3Clients.create(at(store, Map.of()))) {
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

    @Test
    void aStoreBehindAnAuthorityOfTheOperatorsOwnIsTrusted() throws Exception {
        // Given
        TestCertificate certificate = TestCertificate.make();
        HttpsServer store = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        store.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        store.start();
        // When
        try (S3Client trusting = S3Clients.create(
                        at(store, Map.of("ca", certificate.pem().toString())));
                S3Client wary = S3Clients.create(at(store, Map.of()))) {
            // Then
            assertThat(trusting.headBucket(head -> head.bucket("bucket"))).isNotNull();
            assertThatThrownBy(() -> wary.headBucket(head -> head.bucket("bucket")))
                    .hasStackTraceContaining("unable to find valid certification path");
        } finally {
            store.stop(0);
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path file = Files.createTempFile(Path.of("target"), "authority", ".pem");
        assertThatThrownBy(() -> TrustedAuthorities.read(file)).hasMessage("There is no certificate in " + file + ".");
        assertThatThrownBy(() -> TrustedAuthorities.read(Path.of("none.pem")))
                .hasMessage("The certificates in none.pem cannot be read.");
    }

    private static SSLContext context(TestCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(certificate.store().toFile(), TestCertificate.PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, TestCertificate.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static S3Settings at(HttpServer store, Map<String, String> more) {
        String scheme = store instanceof HttpsServer ? "https" : "http";
        Map<String, String> settings = new HashMap<>(more);
        settings.put("endpoint", scheme + "://127.0.0.1:" + store.getAddress().getPort());
        settings.put("access-key-id", "AKIATEST");
        settings.put("secret-access-key", "test");
        return TestSettings.of(S3Settings.class, "vedette.s3.", settings);
    }
}
