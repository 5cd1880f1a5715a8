package io.vedette.api.sigv4;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Requests that the AWS SDK's own signer has signed. */
final class OracleRequest {
    private static final Instant NOW = Instant.parse("2026-02-28T23:59:59Z");
    private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "DELETE");
    private static final String ALPHABET = "abcXYZ019-._~ /:%&=+;,'()*!$@?#\"<>|{}^`äß漢😀";

    private OracleRequest() {}

    /**
     * @param secret that it is checked with
     * @param time when it arrives
     */
    record Signed(
            String method,
            String target,
            Map<String, List<String>> headers,
            String body,
            String secret,
            Instant time,
            boolean encrypted) {

        WireRequest request() {
            return new WireRequest(method, target, headers, encrypted);
        }

        Signed withMethod(String other) {
            return new Signed(other, target, headers, body, secret, time, encrypted);
        }

        Signed withTarget(String other) {
            return new Signed(method, other, headers, body, secret, time, encrypted);
        }

        Signed withHeader(String name, String value) {
            Map<String, List<String>> changed = new HashMap<>(headers);
            changed.put(name, List.of(value));
            return new Signed(method, target, changed, body, secret, time, encrypted);
        }

        Signed withoutHeader(String name) {
            Map<String, List<String>> changed = new HashMap<>(headers);
            changed.remove(name);
            return new Signed(method, target, changed, body, secret, time, encrypted);
        }

        Signed withBody(String other) {
            return new Signed(method, target, headers, other, secret, time, encrypted);
        }

        Signed withSecret(String other) {
            return new Signed(method, target, headers, body, other, time, encrypted);
        }

        Signed overTls() {
            return new Signed(method, target, headers, body, secret, time, true);
        }
    }

    static Signed random(Random random) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(METHODS.get(random.nextInt(METHODS.size()))))
                .uri(URI.create("http://127.0.0.1:" + (1024 + random.nextInt(60_000))))
                .encodedPath("/2020-11-20" + path(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            request.appendRawQueryParameter("k" + text(random, 3), text(random, 12));
        }
        request.putHeader("X-Amzn-Client-Token", "t" + random.nextInt());
        request.putHeader("Content-Type", "application/json");
        request.putHeader("X-Spaces", "  two   words " + random.nextInt(9) + "\t ");
        request.putHeader("amz-sdk-request", "attempt=1; max=" + random.nextInt(9));
        return sign(request.build(), text(random, 40), identity(random), true);
    }

    /**
     * What a request is made of, before anything is encoded.
     *
     * @param sessionToken empty for lasting credentials
     */
    record Parts(
            String method,
            List<String> segments,
            Map<String, List<String>> query,
            String body,
            String secret,
            String sessionToken) {}

    static Signed of(Parts parts) {
        String path = parts.segments().stream()
                .map(segment -> "/" + SdkHttpUtils.urlEncode("s" + segment))
                .collect(Collectors.joining());
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(parts.method()))
                .uri(URI.create("http://127.0.0.1:8080"))
                .encodedPath("/2020-11-20/s" + path)
                .putHeader("X-Amzn-Client-Token", "t")
                .putHeader("Content-Type", "application/json");
        parts.query().forEach(request::putRawQueryParameter);
        AwsCredentialsIdentity identity = parts.sessionToken().isEmpty()
                ? AwsCredentialsIdentity.create("AKIDEXAMPLE", parts.secret())
                : AwsSessionCredentialsIdentity.create("ASIDEXAMPLE", parts.secret(), parts.sessionToken());
        return sign(request.build(), parts.body(), identity, true);
    }

    static Signed unsignedPayload() {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("https://localhost:8443/2020-11-20/projects"))
                .build();
        return sign(request, "a body", AwsCredentialsIdentity.create("AKIDEXAMPLE", "secret"), false);
    }

    private static Signed sign(
            SdkHttpRequest request, String body, AwsCredentialsIdentity identity, boolean signPayload) {
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(identity)
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lookoutvision")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, signPayload)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
                .request();
        String query = signed.encodedQueryParameters().map(it -> "?" + it).orElse("");
        Map<String, List<String>> headers = signed.headers().entrySet().stream()
                .collect(Collectors.toMap(it -> it.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        return new Signed(
                signed.method().name(),
                signed.encodedPath() + query,
                headers,
                body,
                identity.secretAccessKey(),
                NOW,
                false);
    }

    private static AwsCredentialsIdentity identity(Random random) {
        String id = "AKIA" + random.nextInt(Integer.MAX_VALUE);
        String secret = Long.toHexString(random.nextLong()) + "/+" + random.nextInt();
        return random.nextBoolean()
                ? AwsCredentialsIdentity.create(id, secret)
                : AwsSessionCredentialsIdentity.create(id, secret, "Fwo/+=" + random.nextInt());
    }

    private static String path(Random random) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> "/" + SdkHttpUtils.urlEncode("s" + text(random, 12)))
                .collect(Collectors.joining());
    }

    private static String text(Random random, int most) {
        int[] alphabet = ALPHABET.codePoints().toArray();
        int[] text = IntStream.range(0, random.nextInt(most + 1))
                .map(i -> alphabet[random.nextInt(alphabet.length)])
                .toArray();
        return new String(text, 0, text.length);
    }
}
