package io.vedette.api.sigv4;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param target path and query, neither decoded nor normalised
 * @param headers by lower-case name; a header that came more than once has more than one value, in order
 * @param encrypted whether it came over TLS
 */
public record WireRequest(String method, String target, Map<String, List<String>> headers, boolean encrypted) {
    /** Without the query. */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** Without the question mark; empty if there is none. */
    public String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    /** The header's value; empty if it is absent. */
    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
