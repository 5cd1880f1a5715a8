package io.vedette.standalone.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.stack.Credentials;
import io.vedette.standalone.stack.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The API's own operations below {@code /vedette/v1/}, which no SDK knows: signed as all others are. */
public final class Extensions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // The client sets these by itself, to the same values that were signed.
    private static final Set<String> ITS_OWN = Set.of("host", "content-length");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String api;
    private final Credentials key;

    /** @param api such as {@code http://127.0.0.1:8080} */
    public Extensions(String api, Credentials key) {
        this.api = api;
        this.key = key;
    }

    /**
     * @param body null for none
     * @throws StackFailure with the service's own message if it refuses
     */
    public JsonNode call(String method, String path, JsonNode body) {
        String text = body == null ? "" : body.toString();
        try {
            HttpResponse<String> answer = http.send(request(method, path, text), HttpResponse.BodyHandlers.ofString());
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new StackFailure(json.path("Message").asText("The API answered " + answer.statusCode() + "."));
            }
            return json;
        } catch (IOException e) {
            throw new StackFailure("The API at " + api + " did not answer (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted.", e);
        }
    }

    private HttpRequest request(String method, String path, String body) {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(URI.create(api + "/vedette/v1/" + path))
                .putHeader("Content-Type", "application/json")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(
                                AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey()))
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.getUri())
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        signed.headers().forEach((name, values) -> {
            if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }
}
