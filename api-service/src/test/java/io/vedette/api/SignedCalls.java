package io.vedette.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
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
        boolean measured = headers.keySet().stream()
                .anyMatch(
                        name -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding"));
        if (bytes.length > 0 && !measured) {
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
        String[] head = upTo("\r\n\r\n", in).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            String name = head[i].substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, head[i].substring(colon + 1).trim(), (one, more) -> one + ", " + more);
        }
        byte[] body = headers.containsKey("transfer-encoding")
                ? chunks(in)
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            upTo("\r\n", in);
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(upTo("\r\n", in).trim(), 16);
    }

    private static String upTo(String end, InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int each = in.read();
            if (each < 0) {
                throw new EOFException("the connection ended after: " + text);
            }
            text.append((char) each);
        }
        return text.toString();
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    }
}
