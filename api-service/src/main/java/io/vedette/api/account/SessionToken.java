package io.vedette.api.account;

import io.vedette.api.sigv4.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The token that temporary credentials come with, and that each of their calls has to bring along. */
final class SessionToken {
    private static final String HEADER = "x-amz-security-token";

    private SessionToken() {}

    /** @throws io.vedette.api.aws.ServiceException if a temporary key came without its token, or with another's */
    static void check(WireRequest request, SigningKey signing) {
        List<String> sent = request.headers().getOrDefault(HEADER, List.of());
        if (signing.tokenHash().isEmpty()) {
            // A lasting key has no token. Clients with an old one in their profile send it, and AWS refuses it too.
            if (!sent.isEmpty()) {
                throw SignatureCheck.unrecognized();
            }
            return;
        }
        if (sent.size() != 1
                || !MessageDigest.isEqual(hash(sent.get(0)), signing.tokenHash().get())) {
            throw SignatureCheck.unrecognized();
        }
    }

    /** 32 bytes. */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
