package io.vedette.standalone;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Calls that were signed and written out beforehand, so that sending them costs next to nothing beside answering them. */
final class PresignedCalls {
    private final URI api;
    private final AwsCredentialsIdentity key;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    PresignedCalls(URI api, AwsCredentialsIdentity key) {
        this.api = api;
        this.key = key;
    }

    /** The bytes of a whole request, good for a quarter of an hour. */
    byte[] get(String pathAndQuery) {
        return written(SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(api.resolve(pathAndQuery)), new byte[0]);
    }

    byte[] post(String path, String clientToken, byte[] json) {
        return written(
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(api.resolve(path))
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Content-Length", Integer.toString(json.length))
                        .putHeader("X-Amzn-Client-Token", clientToken),
                json);
    }

    private byte[] written(SdkHttpRequest.Builder request, byte[] body) {
        SdkHttpRequest signed = signer.sign(sign -> sign.identity(key)
                        .request(request.build())
                        .payload(body.length == 0 ? null : ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        URI uri = signed.getUri();
        StringBuilder head = new StringBuilder();
        head.append(signed.method()).append(' ').append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
            header.getValue()
                    .forEach(value -> head.append(header.getKey())
                            .append(": ")
                            .append(value)
                            .append("\r\n"));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }
}
