package io.vedette.api.aws;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Opaque page tokens: where a listing goes on, and a digest that binds it to the listing it came from. Everything in a
 * token is still looked up within the caller's scope, so the digest protects from mistakes and has no secret.
 */
@ApplicationScoped
public class PageTokens {
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9/+=]{1,2048}");
    private static final int DIGEST_BYTES = 16;

    /**
     * @param binding the operation, the resource and the filters
     * @param position where the next page begins, as the operation has it
     */
    public String encode(String binding, String position) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(DIGEST_BYTES + text.length)
                .put(digest(binding, text))
                .put(text)
                .array();
        return Base64.getEncoder().encodeToString(token);
    }

    /** @throws ServiceException VALIDATION if the token was not made by {@link #encode} with the same binding */
    public String decode(String binding, String token) {
        byte[] bytes = bytes(token);
        if (bytes.length < DIGEST_BYTES) {
            throw refused();
        }
        byte[] text = Arrays.copyOfRange(bytes, DIGEST_BYTES, bytes.length);
        if (!Arrays.equals(digest(binding, text), Arrays.copyOf(bytes, DIGEST_BYTES))) {
            throw refused();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String token) {
        if (!SHAPE.matcher(token).matches()) {
            throw refused();
        }
        try {
            return Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException garbage) {
            throw refused();
        }
    }

    private static byte[] digest(String binding, byte[] position) {
        byte[] bound = binding.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(Integer.BYTES + bound.length + position.length)
                .putInt(bound.length)
                .put(bound)
                .put(position)
                .array();
        return Arrays.copyOf(Sha256.of(all), DIGEST_BYTES);
    }

    private static ServiceException refused() {
        return AwsError.VALIDATION.because("nextToken is not a token that this listing has given.");
    }
}
