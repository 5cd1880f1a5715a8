package io.vedette.api.outbox;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a request's W3C trace context into the logging context, from where the outbox takes it along. */
class TraceDoor {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    @ServerRequestFilter
    public void enter(ContainerRequestContext request) {
        String traceparent = request.getHeaderString("traceparent");
        if (traceparent != null && TRACEPARENT.matcher(traceparent).matches()) {
            MDC.put("traceparent", traceparent);
        } else {
            MDC.remove("traceparent");
        }
    }
}
