package io.vedette.api.outbox;

import io.vedette.api.access.Target;
import io.vedette.api.aws.AwsErrorMapper;
import io.vedette.api.aws.Caller;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.runtime.Traces;
import io.vedette.runtime.Traces.Step;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * What a call is about goes into the logging context: request id, model, and the W3C trace context, from where the outbox
 * takes it along. Where there are traces, the call has a span.
 */
class CallContext {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String STEP = Step.class.getName();

    private final Traces traces;
    private final Caller caller;

    CallContext(Traces traces, Caller caller) {
        this.traces = traces;
        this.caller = caller;
    }

    @ServerRequestFilter
    public void enter(ContainerRequestContext request, RoutingContext call) {
        Target target = Target.of(call.request().method().name(), call.request().path());
        Step step = traces.call(
                target.name(),
                Optional.ofNullable(request.getHeaderString("traceparent"))
                        .filter(parent -> TRACEPARENT.matcher(parent).matches()));
        request.setProperty(STEP, step);
        String requestId = call.response().headers().get(AwsErrorMapper.REQUEST_ID);
        note("requestId", Optional.ofNullable(requestId), step);
        note("model", model(target.labels()), step);
        put(
                "traceparent",
                step.traceparent().or(() -> Optional.ofNullable(requestId).map(CallContext::ofRequest)));
    }

    /**
     * So that all that comes of the call can be found by its id: for a call without a trace where there are no spans, as
     * W3C Trace Context §3.2 has it, not recorded.
     */
    private static String ofRequest(String requestId) {
        String trace = requestId.replace("-", "");
        return "00-" + trace + "-" + trace.substring(0, 16) + "-00";
    }

    @ServerResponseFilter
    public void leave(ContainerRequestContext request, ContainerResponseContext answer) {
        if (request.getProperty(STEP) instanceof Step step) {
            step.with("http.response.status_code", Integer.toString(answer.getStatus()))
                    .close();
        }
    }

    private Optional<String> model(Map<String, String> labels) {
        String project = labels.get("projectName");
        String version = labels.get("modelVersion");
        if (project == null || version == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ModelArn(caller.scope(), new ProjectName(project), ModelVersion.parse(version)).toString());
        } catch (IllegalArgumentException | IllegalStateException none) {
            return Optional.empty();
        }
    }

    private static void note(String name, Optional<String> value, Step step) {
        put(name, value);
        value.ifPresent(text -> step.with("vedette." + name, text));
    }

    private static void put(String name, Optional<String> value) {
        value.ifPresentOrElse(text -> MDC.put(name, text), () -> MDC.remove(name));
    }
}
