package io.vedette.inference;

import io.vedette.common.CannotStart;
import io.vedette.common.inference.InferenceCall;
import io.vedette.common.inference.InferenceCall.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nobody but the api is answered. */
class SecretFilter {
    private final byte[] secret;

    SecretFilter(InferenceSettings settings) {
        if (settings.secret().isBlank()) {
            throw new CannotStart("vedette.inference.secret must not be empty.");
        }
        this.secret = settings.secret().getBytes(StandardCharsets.UTF_8);
    }

    @ServerRequestFilter
    public Response enter(ContainerRequestContext call) {
        String given = call.getHeaderString(InferenceCall.SECRET);
        // Takes as long for a wrong secret as for the right one.
        boolean right = given != null && MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
        return right
                ? null
                : Response.status(Response.Status.FORBIDDEN)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new Refusal("The secret is wrong."))
                        .build();
    }
}
