package io.vedette.api.account;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vedette.api.aws.AwsError;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that bodies may take together: a call is turned away before its body comes if that would be too much. */
@Singleton
class BodyBudget {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(Settings settings) {
        this.most = settings.mostBodyBytes().asLongValue();
    }

    /** How much of its callers' bodies the api holds. */
    @ConfigMapping(prefix = "vedette.api")
    interface Settings {
        /** All bodies together that are being received or worked at; the next caller is told to try again. */
        @WithDefault("64M")
        MemorySize mostBodyBytes();
    }

    /**
     * Takes what the call's body needs until its answer is sent.
     *
     * @throws io.vedette.api.aws.ServiceException THROTTLING if there is no room now
     */
    void take(RoutingContext call, long largest) {
        long bytes = Math.min(announced(call, largest), largest);
        // Alone it always fits, however little there is.
        if (bytes > 0 && taken.addAndGet(bytes) > Math.max(most, bytes)) {
            taken.addAndGet(-bytes);
            throw AwsError.THROTTLING
                    .because("Too many large requests at once.")
                    .retryAfter(SOON);
        }
        call.addEndHandler(end -> taken.addAndGet(-bytes));
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
