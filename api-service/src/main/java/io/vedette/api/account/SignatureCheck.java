package io.vedette.api.account;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.ServiceException;
import io.vedette.api.sigv4.Authorization;
import io.vedette.api.sigv4.BadSignature;
import io.vedette.api.sigv4.Signatures;
import io.vedette.api.sigv4.WireRequest;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Finds out who has signed a request, in two steps: before its body has come, and with it. */
@ApplicationScoped
class SignatureCheck {
    private static final String NOBODY = "NOBODY";

    private final AccessKeys keys;
    private final RecentKeys recent;
    private final SecretSeal seal;
    // As long as real secrets are, and sealed as they are, so that an unknown key takes as long as a wrong signature.
    private final byte[] nobodysSecret;
    private final String nobodysOpenSecret;

    SignatureCheck(AccessKeys keys, RecentKeys recent, SecretSeal seal) {
        this.keys = keys;
        this.recent = recent;
        this.seal = seal;
        this.nobodysSecret = seal.seal(NOBODY, HexFormat.of().formatHex(new SecureRandom().generateSeed(20)));
        this.nobodysOpenSecret = seal.open(NOBODY, nobodysSecret).secret();
    }

    /** @throws ServiceException if the signature can never be right */
    Authorization read(WireRequest request) {
        try {
            return Signatures.read(request, Instant.now());
        } catch (BadSignature bad) {
            throw refused(bad);
        }
    }

    /**
     * Who has signed the request, if that was found out of another call within the last second. Empty says nothing: a
     * wrong signature is then looked into as an unknown key is, and after as long a time, by {@link #identify}.
     */
    Optional<Identity> recognise(WireRequest request, Authorization authorization, byte[] body) {
        Optional<SigningKey> known = recent.find(authorization.accessKeyId());
        boolean right = isRight(
                request, authorization, body, known.map(SigningKey::secret).orElse(nobodysOpenSecret));
        return known.filter(it -> right).map(signing -> identity(request, authorization, signing));
    }

    /**
     * Looks the key up: not to be called on an event loop.
     *
     * @throws ServiceException if there is no such key, or the signature is wrong, or the key is no longer good
     */
    Identity identify(WireRequest request, Authorization authorization, byte[] body) {
        long changes = recent.changes();
        Optional<SigningKey> found = keys.find(authorization.accessKeyId());
        String secret = found.map(SigningKey::secret)
                .orElseGet(() -> seal.open(NOBODY, nobodysSecret).secret());
        boolean right = isRight(request, authorization, body, secret);
        // An inactive key is told like an unknown one, as AWS does.
        SigningKey signing = found.filter(it -> it.key().active()).orElseThrow(SignatureCheck::unrecognized);
        if (!right) {
            throw AwsError.INVALID_SIGNATURE.because(
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your secret access key and signing method.");
        }
        Identity identity = identity(request, authorization, signing);
        recent.keep(signing, changes);
        return identity;
    }

    private static Identity identity(WireRequest request, Authorization authorization, SigningKey signing) {
        SessionToken.check(request, signing);
        AccessKey key = signing.key();
        if (key.expiresAt().filter(end -> !Instant.now().isBefore(end)).isPresent()) {
            throw AwsError.EXPIRED_TOKEN.because("The security token included in the request is expired.");
        }
        return new Identity(new Scope(key.account(), authorization.region()), key, signing.requestsPerSecond());
    }

    static ServiceException unrecognized() {
        return AwsError.UNRECOGNIZED_CLIENT.because("The security token included in the request is invalid.");
    }

    private static boolean isRight(WireRequest request, Authorization authorization, byte[] body, String secret) {
        try {
            return Signatures.isRight(request, authorization, body, secret);
        } catch (BadSignature bad) {
            throw refused(bad);
        }
    }

    private static ServiceException refused(BadSignature bad) {
        return bad.flaw() == BadSignature.Flaw.MISSING
                ? AwsError.MISSING_AUTHENTICATION_TOKEN.because(bad.getMessage())
                : AwsError.INVALID_SIGNATURE.because(bad.getMessage());
    }
}
