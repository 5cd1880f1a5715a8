package io.vedette.api.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The text that stands for a request in its signature. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /** @param payloadHash of the body, in hexadecimal, or the word that stands for it */
    static byte[] of(WireRequest request, List<String> signedHeaders, String payloadHash) {
        String text = String.join(
                "\n",
                request.method(),
                path(request.path()),
                query(request.query()),
                headers(request, signedHeaders),
                String.join(";", signedHeaders),
                payloadHash);
        // A server takes a header's bytes for characters one by one: this gives the bytes that were signed.
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Encoded once more than it came: all services but S3 want it so. */
    static String path(String rawPath) {
        return rawPath.isEmpty() ? "/" : PercentEncoding.encode(rawPath.getBytes(StandardCharsets.UTF_8), "/");
    }

    static String query(String rawQuery) {
        return Arrays.stream(rawQuery.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(Pair::of)
                .sorted()
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    private record Pair(String name, String value) implements Comparable<Pair> {
        static Pair of(String raw) {
            int equals = raw.indexOf('=');
            return equals < 0
                    ? new Pair(again(raw), "")
                    : new Pair(again(raw.substring(0, equals)), again(raw.substring(equals + 1)));
        }

        @Override
        public int compareTo(Pair other) {
            int names = name.compareTo(other.name);
            return names != 0 ? names : value.compareTo(other.value);
        }

        private static String again(String raw) {
            return PercentEncoding.encode(PercentEncoding.decode(raw), "");
        }
    }

    // Each line ends with a line feed, and so does the block.
    private static String headers(WireRequest request, List<String> signedHeaders) {
        return signedHeaders.stream()
                .map(name -> name + ":" + values(request, name) + "\n")
                .collect(Collectors.joining());
    }

    private static String values(WireRequest request, String name) {
        List<String> values = request.headers().get(name);
        if (values == null) {
            throw BadSignature.wrong("The header " + name + " is signed but was not sent.");
        }
        return values.stream()
                .map(value -> value.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining(","));
    }
}
