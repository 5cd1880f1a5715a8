package io.vedette.api.account;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vedette.api.aws.AwsError;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls are worked at together, and the memory that their bodies may take: a call is turned away before its body
 * comes if it would be too much. Without it calls would wait behind each other for a thread, and with them all that the
 * api does on threads of the same pool.
 */
@Singleton
class CallBudget {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final int mostCalls;
    private final long mostBytes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    CallBudget(Settings settings) {
        this.mostCalls = settings.mostCalls();
        this.mostBytes = settings.mostBodyBytes().asLongValue();
    }

    /** How much the api takes on. */
    @ConfigMapping(prefix = "vedette.api")
    interface Settings {
        /** So many calls are worked at together; the next caller is told to try again. */
        @WithDefault("160")
        int mostCalls();

        /** All bodies together that are being received or worked at; the next caller is told to try again. */
        @WithDefault("64M")
        MemorySize mostBodyBytes();
    }

    /**
     * Takes a place until the answer begins, and what the call's body needs until it is sent.
     *
     * @throws io.vedette.api.aws.ServiceException THROTTLING if there is no room now
     */
    void take(RoutingContext call, long largest) {
        takePlace(call);
        takeBytes(call, largest);
    }

    private void takePlace(RoutingContext call) {
        if (calls.incrementAndGet() > mostCalls) {
            calls.decrementAndGet();
            throw AwsError.THROTTLING
                    .because("Too many calls at once. Try again in a moment.")
                    .retryAfter(SOON);
        }
        // Who follows the events has an answer that begins at once and never ends.
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release = () -> {
            if (held.getAndSet(false)) {
                calls.decrementAndGet();
            }
        };
        call.addHeadersEndHandler(begun -> release.run());
        call.addEndHandler(end -> release.run());
    }

    private void takeBytes(RoutingContext call, long largest) {
        long wanted = Math.min(announced(call, largest), largest);
        // Alone it always fits, however little there is.
        if (wanted > 0 && bytes.addAndGet(wanted) > Math.max(mostBytes, wanted)) {
            bytes.addAndGet(-wanted);
            throw AwsError.THROTTLING
                    .because("Too many large requests at once.")
                    .retryAfter(SOON);
        }
        call.addEndHandler(end -> bytes.addAndGet(-wanted));
    }

    private static long announced(RoutingContext call, long unknown) {
        String length = call.request().getHeader("Content-Length");
        if (length == null) {
            return call.request().headers().contains("Transfer-Encoding") ? unknown : 0;
        }
        try {
            return Math.max(0, Long.parseLong(length));
        } catch (NumberFormatException malformed) {
            return unknown;
        }
    }
}
