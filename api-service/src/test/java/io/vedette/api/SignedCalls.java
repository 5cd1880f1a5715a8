package io.vedette.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Calls that the AWS SDK has signed, sent over a plain socket: no client tidies the path or adds headers, and what comes
 * back is seen as it is.
 */
public record SignedCalls(String accessKeyId, String secret, String region) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the root account of {@link PostgresAlone}. */
    public static SignedCalls ofRoot() {
        return new SignedCalls("AKIATEST", "test", "us-east-1");
    }

    /** @param headers by lower-case name */
    public record Answer(int status, Map<String, String> headers, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        public String error() {
            return headers.get("x-amzn-errortype");
        }
    }

    public Answer get(String target) {
        return call("GET", target, Map.of(), "");
    }

    public Answer post(String target, String body) {
        return call("POST", target, Map.of("Content-Type", "application/json"), body);
    }

    public Answer call(String method, String target, Map<String, String> headers, String body) {
        return send(method, target, signed(method, target, headers, body), body);
    }

    /** The headers that a call has to have, its signature among them. */
    public Map<String, String> signed(String method, String target, Map<String, String> headers, String body) {
        URI uri = URI.create("http://127.0.0.1:" + port() + target);
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(AwsCredentialsIdentity.create(accessKeyId, secret))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        Map<String, String> all = new LinkedHashMap<>();
        signed.headers().forEach((name, values) -> all.put(name, String.join(",", values)));
        return all;
    }

    public static Answer send(String method, String target, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!headers.containsKey("Host")) {
            head.append("Host: 127.0.0.1:" + port() + "\r\n");
        }
        if (bytes.length > 0 && headers.keySet().stream().noneMatch("Content-Length"::equalsIgnoreCase)) {
            head.append("Content-Length: " + bytes.length + "\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
            return answer(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        String[] head = head(in).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            String name = head[i].substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, head[i].substring(colon + 1).trim(), (one, more) -> one + ", " + more);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, body);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int each = in.read();
            if (each < 0) {
                throw new EOFException("the connection ended in the answer's head: " + head);
            }
            head.append((char) each);
        }
        return head.toString();
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    }
}
