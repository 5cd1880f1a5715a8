package io.vedette.api.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.logging.Log;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The only class that builds an error's answer: its status, {@code x-amzn-errortype}, {@code Retry-After} and body.
 * Failures of operations come here through JAX-RS, those before and around it through {@link #send}.
 */
@Singleton
public class AwsErrorMapper {
    /** The header that names the call, in every answer. */
    public static final String REQUEST_ID = "x-amzn-RequestId";

    private final ObjectMapper json;

    AwsErrorMapper(ObjectMapper json) {
        this.json = json;
    }

    private record Body(
            String message, String resourceId, Resource.Type resourceType, String quotaCode, String serviceCode) {
        static Body of(ServiceException failure) {
            boolean limit = failure.error() == AwsError.QUOTA_EXCEEDED || failure.error() == AwsError.THROTTLING;
            return new Body(
                    failure.getMessage(),
                    failure.resource().map(Resource::id).orElse(null),
                    failure.resource().map(Resource::type).orElse(null),
                    failure.quotaCode().orElse(null),
                    limit ? "lookoutvision" : null);
        }
    }

    /** Anything that an operation throws. */
    @ServerExceptionMapper
    public Response map(Throwable failure) {
        ServiceException named = named(failure);
        Response.ResponseBuilder answer =
                Response.status(named.error().status()).type(MediaType.APPLICATION_JSON_TYPE);
        headers(named).forEach(answer::header);
        return answer.entity(body(named)).build();
    }

    /** The framework's own mapper of this one is nearer than that of Throwable. */
    @ServerExceptionMapper
    public Response mapMismatch(MismatchedInputException failure) {
        return map(failure);
    }

    /** JAX-RS would use the answer that these bring along. */
    @ServerExceptionMapper
    public Response mapHttp(WebApplicationException failure) {
        return map(failure);
    }

    /** Ends the call with the failure's answer. */
    public void send(RoutingContext call, Throwable failure) {
        ServiceException named = named(failure);
        HttpServerResponse answer = call.response();
        if (answer.ended() || answer.headWritten()) {
            answer.reset();
            return;
        }
        answer.setStatusCode(named.error().status()).putHeader("Content-Type", MediaType.APPLICATION_JSON);
        headers(named).forEach(answer::putHeader);
        if (!answer.headers().contains(REQUEST_ID)) {
            answer.putHeader(REQUEST_ID, UUID.randomUUID().toString());
        }
        answer.end(body(named));
    }

    /** Ends the call with the answer for what the server found wrong. */
    public void send(RoutingContext call, int status) {
        send(call, Failures.ofStatus(status));
    }

    private static ServiceException named(Throwable failure) {
        ServiceException named = Failures.named(failure);
        if (named.error() == AwsError.INTERNAL && named.retryAfter().isPresent()) {
            Log.warnf("failed call, may pass: %s, because of %s", failure, root(failure));
        } else if (named.error() == AwsError.INTERNAL) {
            Log.error("failed call", failure);
        }
        return named;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static Map<String, String> headers(ServiceException failure) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-amzn-errortype", failure.error().wireName());
        failure.retryAfter().ifPresent(time -> headers.put("Retry-After", Long.toString(time.toSeconds())));
        return headers;
    }

    private String body(ServiceException failure) {
        try {
            return json.writeValueAsString(Body.of(failure));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
