package io.vedette.api.account;

import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request that is refused for what its headers say. Most clients read no answer before they have sent
 * all, so it is let through and thrown away; but not for ever.
 */
final class UnreadBody {
    private static final long MOST_BYTES = 64 << 20;

    private UnreadBody() {}

    static void discard(HttpServerRequest request) {
        if (request.headers().contains("Expect")) {
            // It waits for the answer, and will not send the body after this one: what comes next is not known.
            request.response().putHeader("Connection", "close");
            return;
        }
        long[] left = {MOST_BYTES};
        request.handler(bytes -> {
            left[0] -= bytes.length();
            if (left[0] < 0) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
