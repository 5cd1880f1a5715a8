package io.vedette.api.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Keeps an operation's answer until the audit log has told it. */
class AnswerFilter {
    private final ObjectMapper json;

    AnswerFilter(ObjectMapper json) {
        this.json = json;
    }

    @ServerResponseFilter
    public void keep(ContainerResponseContext answer, RoutingContext call) {
        boolean changes = !call.request().method().name().equals("GET");
        if (changes && answer.getStatus() < 300 && answer.hasEntity() && !(answer.getEntity() instanceof String)) {
            call.put(AuditLog.ANSWER, json.valueToTree(answer.getEntity()));
        }
    }
}
