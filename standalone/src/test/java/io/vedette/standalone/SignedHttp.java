package io.vedette.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionServiceClientConfiguration;

/** Calls that no AWS SDK has, signed as the customer's SDK client signs its own. */
final class SignedHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_OURS_TO_SET = Set.of("host", "content-length");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final AwsCredentialsIdentity identity;
    private final String region;

    SignedHttp(LookoutVisionClient client) {
        LookoutVisionServiceClientConfiguration configuration = client.serviceClientConfiguration();
        this.endpoint = configuration.endpointOverride().orElseThrow();
        this.identity = configuration.credentialsProvider().resolveIdentity().join();
        this.region = configuration.region().id();
    }

    record Answer(int status, JsonNode json) {}

    Answer get(String path) {
        return answer("GET", path, "");
    }

    Answer post(String path, String body) {
        return answer("POST", path, body);
    }

    /** The answer's body while it comes. */
    InputStream stream(String path) {
        return send("GET", path, "", HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    private Answer answer(String method, String path, String body) {
        HttpResponse<String> answer = send(method, path, body, HttpResponse.BodyHandlers.ofString());
        try {
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private <T> HttpResponse<T> send(String method, String path, String body, HttpResponse.BodyHandler<T> handler) {
        SdkHttpRequest.Builder unsigned =
                SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(endpoint.resolve(path));
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(identity)
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(signed.getUri()).method(method, HttpRequest.BodyPublishers.ofString(body));
        signed.headers().forEach((name, values) -> {
            if (!NOT_OURS_TO_SET.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return http.send(request.build(), handler);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
