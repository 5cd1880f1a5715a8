package io.vedette.api.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** RFC 3986 percent-encoding as SigV4 asks for it: everything but letters, digits and {@code -._~}, in upper case. */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** @param spared characters to leave as they are besides the unreserved ones */
    static String encode(byte[] bytes, String spared) {
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (byte each : bytes) {
            char character = (char) (each & 0xff);
            if (isUnreserved(character) || spared.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 15));
            }
        }
        return encoded.toString();
    }

    /** @throws BadSignature if a percent sign has no two hexadecimal digits behind it */
    static byte[] decode(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                decoded.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw BadSignature.wrong("The request's query is not percent-encoded as it has to be.");
            }
            decoded.write(high * 16 + low);
            i += 2;
        }
        return decoded.toByteArray();
    }

    private static boolean isUnreserved(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || "-._~".indexOf(character) >= 0;
    }
}
