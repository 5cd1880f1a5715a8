package io.vedette.standalone.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionServiceClientConfiguration;

/** Calls of {@code /vedette/v1}, which no SDK knows, signed with an SDK client's key. */
public final class Extensions implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LookoutVisionServiceClientConfiguration client;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final SdkHttpClient http = ApacheHttpClient.create();

    public Extensions(LookoutVisionClient vision) {
        this.client = vision.serviceClientConfiguration();
    }

    /** @param status 200 where all went well */
    public record Answer(int status, JsonNode body) {}

    /** @param query raw values, such as {@code threshold} to {@code 0.5} */
    public Answer send(SdkHttpMethod method, String path, Map<String, String> query, String type, byte[] body) {
        try {
            return answer(execute(request(method, path, query), type, body));
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    /** A POST of JSON that may be repeated with the same token and then has one effect. */
    public Answer sendOnce(String path, String clientToken, JsonNode body) {
        try {
            SdkHttpRequest.Builder request = request(SdkHttpMethod.POST, path, Map.of());
            request.putHeader("X-Amzn-Client-Token", clientToken);
            return answer(execute(request, "application/json", body.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    private SdkHttpRequest.Builder request(SdkHttpMethod method, String path, Map<String, String> query) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .uri(client.endpointOverride().orElseThrow())
                .encodedPath(path);
        query.forEach(request::putRawQueryParameter);
        return request;
    }

    private HttpExecuteResponse execute(SdkHttpRequest.Builder request, String type, byte[] body) throws IOException {
        ContentStreamProvider content = null;
        if (body.length > 0) {
            content = ContentStreamProvider.fromByteArray(body);
            request.putHeader("Content-Type", type).putHeader("Content-Length", Integer.toString(body.length));
        }
        return http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed(request.build(), content))
                        .contentStreamProvider(content)
                        .build())
                .call();
    }

    /**
     * A call with JSON both ways.
     *
     * @param path behind {@code /vedette/v1/}
     * @param body null for none
     * @throws StackFailure with the service's own message if it refuses
     */
    public JsonNode call(SdkHttpMethod method, String path, JsonNode body) {
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        Answer answer = send(method, "/vedette/v1/" + path, Map.of(), "application/json", bytes);
        if (answer.status() >= 300) {
            throw new StackFailure(answer.body().path("Message").asText("The API answered " + answer.status() + "."));
        }
        return answer.body();
    }

    /** The answer's body while it comes. Closing waits for its end: the caller aborts one that has none. */
    public AbortableInputStream open(String path) {
        try {
            return execute(request(SdkHttpMethod.GET, path, Map.of()), "", new byte[0])
                    .responseBody()
                    .orElseThrow();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    /** @param content null without a body */
    private SdkHttpRequest signed(SdkHttpRequest request, ContentStreamProvider content) {
        AwsCredentialsIdentity key = (AwsCredentialsIdentity)
                client.credentialsProvider().resolveIdentity().join();
        return signer.sign(sign -> sign.identity(key)
                        .request(request)
                        .payload(content)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(
                                AwsV4HttpSigner.REGION_NAME, client.region().id()))
                .request();
    }

    private static Answer answer(HttpExecuteResponse response) throws IOException {
        try (var in = response.responseBody().orElseThrow()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(response.httpResponse().statusCode(), JSON.readTree(text));
        } catch (JsonProcessingException noJson) {
            throw new IOException("the answer is no JSON", noJson);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
