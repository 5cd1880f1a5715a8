package io.vedette.api.account;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vedette.api.access.Request;
import io.vedette.api.access.Target;
import io.vedette.api.audit.AuditLog;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.AwsErrorMapper;
import io.vedette.api.aws.SentBody;
import io.vedette.api.aws.ServiceException;
import io.vedette.api.connection.OfCall;
import io.vedette.api.sigv4.Authorization;
import io.vedette.api.sigv4.WireRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The one way into the API. Every call gets its request id here, and goes on to the operations only with a right
 * signature; nothing else listens on this port.
 */
@ApplicationScoped
class FrontDoor {
    /** Under this name a call carries the {@link Identity} that has signed it. */
    static final String IDENTITY = Identity.class.getName();

    // More than any operation takes: each has its own limit, which is looked at before its body comes.
    private static final long MOST_BYTES = 16 << 20;
    // On the event loop, in far less than a millisecond; larger bodies are hashed on a thread that may take its time.
    private static final int MOST_BYTES_HASHED_HERE = 64 << 10;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final int FIRST = 1000;
    private static final String CALL = Call.class.getName();

    private final SignatureCheck signatures;
    private final Admission admission;
    private final AuditLog audit;
    private final AwsErrorMapper errors;
    private final CallBudget budget;

    FrontDoor(
            SignatureCheck signatures, Admission admission, AuditLog audit, AwsErrorMapper errors, CallBudget budget) {
        this.signatures = signatures;
        this.admission = admission;
        this.audit = audit;
        this.errors = errors;
        this.budget = budget;
    }

    private record Call(WireRequest request, Target target, Authorization authorization) {}

    void open(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
        filters.register(BodyHandler.create(false).setBodyLimit(MOST_BYTES), FIRST - 1);
        filters.register(this::identify, FIRST - 2);
    }

    void openForFailures(@Observes Router router) {
        router.route().order(-FIRST - 1).failureHandler(this::fail);
    }

    private void enter(RoutingContext call) {
        HttpServerResponse answer = call.response();
        answer.putHeader(AwsErrorMapper.REQUEST_ID, UUID.randomUUID().toString());
        answer.putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        SecurityHeaders.addTo(answer.headers(), call.request().isSSL());
        call.addHeadersEndHandler(end -> withoutCharset(answer));
        OfCall.mark();
        WireRequest request = wireRequest(call.request());
        try {
            call.put(CALL, admitted(request));
            budget.take(call, MOST_BYTES);
        } catch (ServiceException refusal) {
            UnreadBody.discard(call.request());
            errors.send(call, refusal);
            return;
        }
        call.put(SentBody.TYPE, call.request().getHeader("Content-Type"));
        asJson(call.request());
        call.next();
    }

    private Call admitted(WireRequest request) {
        if (!METHODS.contains(request.method()) || !RequestTarget.isOfApi(request.path())) {
            throw AwsError.UNKNOWN_OPERATION.because("There is no such operation.");
        }
        if (!RequestTarget.isQuery(request.query())) {
            throw AwsError.VALIDATION.because("The query of the request is malformed.");
        }
        Target target = Target.of(request.method(), request.path());
        BodyLimit.check(request, target.mostBytes());
        return new Call(request, target, signatures.read(request));
    }

    private void identify(RoutingContext call) {
        byte[] body = call.body().buffer() == null
                ? new byte[0]
                : call.body().buffer().getBytes();
        call.put(SentBody.BYTES, body);
        try {
            Optional<Identity> known = recognised(call, body);
            // What the operator's key may is not looked up, so that such a call need not leave the event loop here.
            if (known.filter(identity -> identity.key().root()).isPresent()) {
                admit(call, body, known.get());
                call.next();
                return;
            }
            call.vertx()
                    .executeBlocking(() -> identified(call, body, known), false)
                    .onSuccess(identity -> call.next())
                    .onFailure(refusal -> errors.send(call, refusal));
        } catch (ServiceException refusal) {
            errors.send(call, refusal);
        }
    }

    private Optional<Identity> recognised(RoutingContext call, byte[] body) {
        Call read = call.get(CALL);
        return body.length > MOST_BYTES_HASHED_HERE
                ? Optional.empty()
                : signatures.recognise(read.request(), read.authorization(), body);
    }

    private Identity identified(RoutingContext call, byte[] body, Optional<Identity> known) {
        Call read = call.get(CALL);
        Identity identity = known.orElseGet(() -> signatures.identify(read.request(), read.authorization(), body));
        admit(call, body, identity);
        return identity;
    }

    private void admit(RoutingContext call, byte[] body, Identity identity) {
        Call read = call.get(CALL);
        Request request = new Request(
                read.target(),
                identity.scope(),
                read.request().query(),
                body,
                call.request().remoteAddress().hostAddress(),
                read.request().encrypted());
        audit.follow(call, identity.principal(), request);
        admission.check(identity, request);
        call.put(IDENTITY, identity);
    }

    private void fail(RoutingContext call) {
        if (call.response().closed() || call.failure() instanceof HttpClosedException) {
            return; // The caller has gone, perhaps in the middle of the body.
        }
        boolean callersFault = call.statusCode() >= 400 && call.statusCode() < 500;
        if (callersFault || call.failure() == null) {
            errors.send(call, call.statusCode());
        } else {
            errors.send(call, call.failure());
        }
    }

    // What a client says of the types it sends and wants never mattered to AWS, but for the images it sends. Some say
    // nothing at all (boto3), some that it is a form (curl).
    private static void asJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        if (type == null || !type.startsWith("image/")) {
            request.headers().set("Content-Type", "application/json");
        }
        if (!RequestTarget.isExtension(request.path())) {
            request.headers().set("Accept", "application/json");
        }
    }

    // AWS never names the charset that JSON has anyway.
    private static void withoutCharset(HttpServerResponse answer) {
        String type = answer.headers().get("Content-Type");
        if (type != null && type.startsWith("application/json")) {
            answer.putHeader("Content-Type", "application/json");
        }
    }

    private static WireRequest wireRequest(HttpServerRequest request) {
        Map<String, List<String>> headers = request.headers().names().stream()
                .collect(Collectors.toMap(
                        name -> name.toLowerCase(Locale.ROOT),
                        name -> List.copyOf(request.headers().getAll(name)),
                        (once, again) -> once));
        return new WireRequest(request.method().name(), request.uri(), headers, request.isSSL());
    }
}
