package io.vedette.api.account;

import io.vertx.core.MultiMap;

/** What tells browsers, who have no business with these answers, to leave them alone. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void addTo(MultiMap headers, boolean encrypted) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        if (encrypted) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
