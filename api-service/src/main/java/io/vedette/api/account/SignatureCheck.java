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
    private final AccessKeys keys;
    // As long as real secrets are, so that an unknown key takes as long as a wrong signature.
    private final String nobodysSecret = HexFormat.of().formatHex(new SecureRandom().generateSeed(20));

    SignatureCheck(AccessKeys keys) {
        this.keys = keys;
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
     * Looks the key up: not to be called on an event loop.
     *
     * @throws ServiceException if there is no such key, or the signature is wrong
     */
    Identity identify(WireRequest request, Authorization authorization, byte[] body) {
        Optional<AccessKey> key = keys.find(authorization.accessKeyId());
        boolean right =
                isRight(request, authorization, body, key.map(AccessKey::secret).orElse(nobodysSecret));
        if (key.isEmpty()) {
            throw AwsError.UNRECOGNIZED_CLIENT.because("The security token included in the request is invalid.");
        }
        if (!right) {
            throw AwsError.INVALID_SIGNATURE.because(
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your secret access key and signing method.");
        }
        return new Identity(new Scope(key.get().account(), authorization.region()), authorization.accessKeyId());
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
