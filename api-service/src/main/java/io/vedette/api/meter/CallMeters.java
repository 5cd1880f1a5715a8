package io.vedette.api.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vedette.api.access.Target;
import io.vedette.api.aws.ServiceException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** The calls of the API by operation and status: how many, and how long they took from the first header to the end. */
@Singleton
class CallMeters {
    /** Before the front door, so that its refusals count. */
    private static final int OUTSIDE = 1001;

    private final MeterRegistry meters;

    CallMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void open(@Observes Filters filters) {
        filters.register(this::enter, OUTSIDE);
    }

    private void enter(RoutingContext call) {
        long began = System.nanoTime();
        call.addEndHandler(end -> ended(call, System.nanoTime() - began));
        call.next();
    }

    private void ended(RoutingContext call, long nanos) {
        Timer.builder("vedette.calls")
                .tag("operation", operation(call.request()))
                .tag("status", Integer.toString(call.response().getStatusCode()))
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String operation(HttpServerRequest request) {
        try {
            return Target.of(request.method().name(), request.path()).name();
        } catch (ServiceException | IllegalArgumentException unknown) {
            return "unknown";
        }
    }
}
