package io.vedette.api.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.logging.Log;
import io.vedette.api.access.Request;
import io.vedette.api.aws.AwsErrorMapper;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.logging.Handler;
import org.jboss.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Writes the audit log, on the logging category {@code vedette.audit}: each line is one JSON object. */
@Singleton
public class AuditLog {
    static final String ANSWER = AuditLog.class.getName() + ".answer";

    private static final Logger LINES = Logger.getLogger("vedette.audit");

    private final ObjectMapper json;

    AuditLog(ObjectMapper json) {
        this.json = json;
        leaveAsTheyAre();
    }

    /** Where log lines are to be JSON (vedette.log.json), Quarkus has every console handler make an object of its own of each. */
    private static void leaveAsTheyAre() {
        for (Handler handler :
                java.util.logging.Logger.getLogger(LINES.getName()).getHandlers()) {
            if (handler instanceof ConsoleHandler console) {
                console.setFormatter(new PatternFormatter("%s%n"));
            }
        }
    }

    /** Writes a line when the call ends, if it may change something. */
    public void follow(RoutingContext call, Principal principal, Request request) {
        if (request.target().isReadOnly()) {
            return;
        }
        Instant began = Instant.now();
        call.addEndHandler(end -> {
            try {
                LINES.info(json.writeValueAsString(line(began, call, principal, request)));
            } catch (JsonProcessingException | RuntimeException failure) {
                // The call is answered; that it is not in the log is all that can be told.
                Log.errorf(failure, "cannot audit call=%s", request.target().name());
            }
        });
    }

    private ObjectNode line(Instant began, RoutingContext call, Principal principal, Request request) {
        MultiMap asked = call.request().headers();
        MultiMap answered = call.response().headers();
        String error = answered.get("x-amzn-errortype");
        ObjectNode line = json.createObjectNode();
        line.put("eventVersion", "1.08");
        line.set("userIdentity", identity(principal));
        line.put("eventTime", began.truncatedTo(ChronoUnit.SECONDS).toString());
        line.put("eventSource", request.target().service() + ".amazonaws.com");
        line.put("eventName", request.target().name());
        line.put("awsRegion", request.scope().region());
        line.put("sourceIPAddress", request.sourceAddress());
        line.put("userAgent", asked.get("User-Agent"));
        if (error != null) {
            line.put("errorCode", error);
        }
        line.set("requestParameters", parameters(request, asked.get("X-Amzn-Client-Token")));
        JsonNode answer = call.get(ANSWER);
        line.set("responseElements", error != null || answer == null ? json.nullNode() : AuditedFields.of(answer));
        line.put("requestID", answered.get(AwsErrorMapper.REQUEST_ID));
        line.put("eventID", UUID.randomUUID().toString());
        line.put("readOnly", false);
        line.put("eventType", "AwsApiCall");
        line.put("recipientAccountId", principal.account());
        return line;
    }

    private ObjectNode identity(Principal principal) {
        return json.createObjectNode()
                .put("type", principal.type())
                .put("principalId", principal.accessKeyId())
                .put("arn", principal.arn())
                .put("accountId", principal.account())
                .put("accessKeyId", principal.accessKeyId())
                .put("userName", principal.name());
    }

    private ObjectNode parameters(Request request, String clientToken) {
        ObjectNode parameters = json.createObjectNode();
        request.target().labels().forEach(parameters::put);
        if (body(request) instanceof ObjectNode body) {
            parameters.setAll((ObjectNode) AuditedFields.of(body));
        }
        if (!request.query().isEmpty()) {
            parameters.put("query", request.query());
        }
        if (clientToken != null) {
            parameters.put("clientToken", clientToken);
        }
        return parameters;
    }

    private JsonNode body(Request request) {
        try {
            return json.readTree(request.body());
        } catch (IOException notJson) {
            return json.missingNode();
        }
    }
}
