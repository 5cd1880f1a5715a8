package io.vedette.api.sigv4;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** Signatures in the {@code Authorization} header, of the service {@code lookoutvision} in any region. */
public final class Signatures {
    private static final String SERVICE = "lookoutvision";
    private static final String DATE = "x-amz-date";
    private static final String CONTENT_HASH = "x-amz-content-sha256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private Signatures() {}

    /**
     * Reads the signature, and checks all that can be told without the secret and the body.
     *
     * @throws BadSignature if there is none, or if it can never be right
     */
    public static Authorization read(WireRequest request, Instant now) {
        List<String> headers = request.headers().getOrDefault("authorization", List.of());
        if (headers.size() != 1) {
            throw headers.isEmpty()
                    ? new BadSignature(BadSignature.Flaw.MISSING, "The request has no Authorization header.")
                    : BadSignature.wrong("The request has more than one Authorization header.");
        }
        Authorization authorization = Authorization.parse(headers.get(0));
        if (!authorization.service().equals(SERVICE)) {
            throw BadSignature.wrong("Credential should be scoped to the service " + SERVICE + ".");
        }
        checkTime(request, authorization, now);
        checkSignedHeaders(request, authorization);
        return authorization;
    }

    /**
     * Whether the signature is the one that this secret gives. Takes the same time for every secret of one length.
     *
     * @param authorization what {@link #read} made of the same request
     * @throws BadSignature if the body is not the one that was signed
     */
    public static boolean isRight(WireRequest request, Authorization authorization, byte[] body, String secret) {
        String hash = payloadHash(request, body);
        byte[] canonical = CanonicalRequest.of(request, authorization.signedHeaders(), hash);
        String toSign = String.join(
                "\n",
                Authorization.ALGORITHM,
                request.header(DATE).orElseThrow(),
                authorization.credentialScope(),
                Digests.sha256(canonical));
        String expected = HexFormat.of().formatHex(Digests.hmac(signingKey(authorization, secret), toSign));
        return MessageDigest.isEqual(
                expected.getBytes(US_ASCII), authorization.signature().getBytes(US_ASCII));
    }

    private static byte[] signingKey(Authorization authorization, String secret) {
        byte[] day = Digests.hmac(("AWS4" + secret).getBytes(UTF_8), authorization.date());
        byte[] region = Digests.hmac(day, authorization.region());
        return Digests.hmac(Digests.hmac(region, authorization.service()), "aws4_request");
    }

    /** The hash is always made anew from the body that came: the one that was sent is only compared. */
    private static String payloadHash(WireRequest request, byte[] body) {
        String real = Digests.sha256(body);
        String sent = request.header(CONTENT_HASH).orElse(real);
        if (sent.equals(UNSIGNED) && request.encrypted()) {
            return UNSIGNED;
        }
        if (!sent.equals(real)) {
            throw BadSignature.wrong(
                    sent.equals(UNSIGNED)
                            ? "The body must be signed where the connection is not encrypted."
                            : CONTENT_HASH + " is not the SHA-256 hash of the body.");
        }
        return real;
    }

    private static void checkTime(WireRequest request, Authorization authorization, Instant now) {
        String text =
                request.header(DATE).orElseThrow(() -> BadSignature.wrong("The request has no " + DATE + " header."));
        Instant signed;
        try {
            signed = LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw BadSignature.wrong(DATE + " must be a time such as 20200623T000000Z.");
        }
        if (!text.startsWith(authorization.date())) {
            throw BadSignature.wrong("The date in Credential is not that of " + DATE + ".");
        }
        if (Duration.between(signed, now).abs().compareTo(SKEW) > 0) {
            throw BadSignature.wrong("Signature expired: " + text + " is more than " + SKEW.toMinutes()
                    + " minutes from the service's time, " + TIMESTAMP.format(now.atOffset(ZoneOffset.UTC)) + ".");
        }
    }

    private static void checkSignedHeaders(WireRequest request, Authorization authorization) {
        if (!authorization.signedHeaders().contains("host")) {
            throw BadSignature.wrong("The header host must be signed.");
        }
        request.headers().keySet().stream()
                .filter(name -> name.startsWith("x-amz-")
                        && !authorization.signedHeaders().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw BadSignature.wrong("The header " + name + " must be signed.");
                });
    }
}
