package io.vedette.runtime;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Spans along the way of a request: call, outbox, claim. They are short and share the caller's trace. What takes long, a
 * training, is a trace of its own that is linked to its claim: collectors let go of a trace after some minutes. Without an
 * endpoint there are no spans, and a caller's {@code traceparent} (W3C Trace Context) is passed on as it came.
 */
@Singleton
public final class Traces implements AutoCloseable {
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    @Inject
    public Traces(TraceSettings settings, @ConfigProperty(name = "quarkus.application.name") String service) {
        this(settings.endpoint()
                .map(endpoint -> SdkTracerProvider.builder()
                        .setResource(Resource.getDefault()
                                .merge(Resource.create(Attributes.builder()
                                        .put("service.name", "vedette-" + service)
                                        .build())))
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                        .setEndpoint(endpoint + "/v1/traces")
                                        .build())
                                .build())
                        .build())
                .orElse(null));
    }

    private Traces(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider == null ? null : provider.get("io.vedette");
    }

    /** No spans. */
    public static Traces none() {
        return new Traces(null);
    }

    /** A span that goes on, or nothing where there are no spans. */
    public static final class Step implements AutoCloseable {
        private final Span span;
        private final Optional<String> parent;

        private Step(Span span, Optional<String> parent) {
            this.span = span;
            this.parent = parent;
        }

        /** What goes along to whoever comes next; what came along where there are no spans. */
        public Optional<String> traceparent() {
            return span == null ? parent : Optional.of(written(span.getSpanContext()));
        }

        public Step with(String name, String value) {
            if (span != null) {
                span.setAttribute(name, value);
            }
            return this;
        }

        /** Something that happened meanwhile. */
        public void note(String event) {
            if (span != null) {
                span.addEvent(event);
            }
        }

        @Override
        public void close() {
            if (span != null) {
                span.end();
            }
        }
    }

    /** A call of the API. */
    public Step call(String name, Optional<String> parent) {
        return step(name, SpanKind.SERVER, parent, null);
    }

    /** An event on its way through the outbox since then; without a parent it is nobody's, and has no span. */
    public Step publication(String topic, Optional<String> parent, Instant since) {
        return parent.isEmpty() ? new Step(null, parent) : step("publish " + topic, SpanKind.PRODUCER, parent, since);
    }

    /** A piece of work that is taken from its topic. */
    public Step claim(String kind, Optional<String> parent) {
        return step("claim " + kind, SpanKind.CONSUMER, parent, null);
    }

    /** The work itself: a trace of its own, linked to the claim. */
    public Step work(String kind, Optional<String> claim) {
        if (tracer == null) {
            return new Step(null, claim);
        }
        SpanBuilder builder = tracer.spanBuilder(kind).setNoParent();
        claim.flatMap(Traces::read).ifPresent(builder::addLink);
        return new Step(builder.startSpan(), claim);
    }

    @PreDestroy
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(5, TimeUnit.SECONDS);
        }
    }

    private Step step(String name, SpanKind kind, Optional<String> parent, Instant since) {
        if (tracer == null) {
            return new Step(null, parent);
        }
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind).setNoParent();
        parent.flatMap(Traces::read)
                .ifPresent(context -> builder.setParent(Context.root().with(Span.wrap(context))));
        if (since != null) {
            builder.setStartTimestamp(since);
        }
        return new Step(builder.startSpan(), parent);
    }

    /** W3C Trace Context §3.2: version, trace id, parent id, flags. */
    private static Optional<SpanContext> read(String traceparent) {
        String[] parts = traceparent.split("-");
        if (parts.length < 4 || parts[3].length() != 2) {
            return Optional.empty();
        }
        SpanContext context = SpanContext.createFromRemoteParent(
                parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
        return Optional.of(context).filter(SpanContext::isValid);
    }

    private static String written(SpanContext context) {
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }
}
