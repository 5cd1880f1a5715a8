package io.vedette.api.account;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A request's target before anything decodes or normalises it. What the signature covers and what the router sees must
 * be one and the same path, so a target that could be read in two ways is no operation.
 */
final class RequestTarget {
    private static final String EXTENSIONS = "/vedette/v1/";
    private static final List<String> PREFIXES = List.of("/2020-11-20/", EXTENSIONS);
    // No semicolon: JAX-RS would take what follows it for a parameter and not for a part of the name.
    private static final Pattern PATH = Pattern.compile("(?:/(?:[A-Za-z0-9\\-._~!$&'()*+,=:@]|%[0-9A-Fa-f]{2})+)+");
    private static final Pattern QUERY = Pattern.compile("(?:[!-$&-~]|%[0-9A-Fa-f]{2})*");
    private static final Pattern DOTS = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:/|$)");
    private static final Pattern CONTROLS = Pattern.compile("%(?:[01][0-9A-Fa-f]|7[fF])");

    private RequestTarget() {}

    /** True if the path can only be read in one way, and the API begins there. */
    static boolean isOfApi(String path) {
        return PREFIXES.stream().anyMatch(path::startsWith)
                && PATH.matcher(path).matches()
                && !DOTS.matcher(path).find()
                && !CONTROLS.matcher(path).find();
    }

    /** True for what AWS never had. */
    static boolean isExtension(String path) {
        return path.startsWith(EXTENSIONS);
    }

    static boolean isQuery(String query) {
        return QUERY.matcher(query).matches() && !query.contains("%00");
    }
}
