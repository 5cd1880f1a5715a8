package io.vedette.api.account;

import io.vedette.common.CannotStart;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets at rest: AES-256-GCM with a random nonce. Each is bound to its access key's id, so that nobody who can write
 * to the table can give a key another key's secret.
 */
@ApplicationScoped
class SecretSeal {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKeySpec> keys = new ArrayList<>();

    SecretSeal(SecretSettings settings) {
        keys.add(
                settings.key()
                        .map(text -> key(text, "vedette.secrets.key"))
                        .orElseThrow(
                                () -> new CannotStart(
                                        "vedette.secrets.key is missing: 32 random bytes in base64,"
                                                + " such as openssl rand -base64 32 makes. It seals the access keys' secrets in the database.")));
        settings.previousKey().ifPresent(text -> keys.add(key(text, "vedette.secrets.previous-key")));
    }

    /** @param secret what was sealed @param current whether with the present key */
    record Opened(String secret, boolean current) {
        @Override
        public String toString() {
            return "Opened[" + current + "]";
        }
    }

    byte[] seal(String accessKeyId, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, accessKeyId)
                    .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalStateException if none of the keys has sealed this, or not for this access key */
    Opened open(String accessKeyId, byte[] sealed) {
        return keys.stream()
                .flatMap(key ->
                        open(key, accessKeyId, sealed).map(secret -> new Opened(secret, key == keys.get(0))).stream())
                .findFirst()
                .orElseThrow(() -> new CannotStart("the secret of " + accessKeyId
                        + " cannot be opened with vedette.secrets.key: it was sealed with another one"));
    }

    private static Optional<String> open(SecretKeySpec key, String accessKeyId, byte[] sealed) {
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, key, nonce, accessKeyId)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
            return Optional.of(new String(secret, StandardCharsets.UTF_8));
        } catch (AEADBadTagException another) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String accessKeyId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(accessKeyId.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKeySpec key(String text, String name) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new CannotStart(name + " is not base64"); // without the cause: it may quote the key
        }
        if (bytes.length != KEY_BYTES) {
            throw new CannotStart(name + " must be " + KEY_BYTES + " bytes in base64, not " + bytes.length);
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
