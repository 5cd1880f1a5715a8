package io.vedette.inference;

import io.quarkus.logging.Log;
import io.vedette.anomaly.BadImage;
import io.vedette.common.inference.InferenceCall;
import io.vedette.common.inference.InferenceCall.Refusal;
import io.vedette.runtime.ObjectStoreException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the api is told of a call that did not succeed. */
class Refusals {
    @ServerExceptionMapper
    public Response badImage(BadImage bad) {
        return refused(InferenceCall.BAD_IMAGE, bad.getMessage());
    }

    @ServerExceptionMapper
    public Response malformed(IllegalArgumentException malformed) {
        return refused(InferenceCall.BAD_IMAGE, malformed.getMessage());
    }

    @ServerExceptionMapper
    public Response unusable(UnusableModel unusable) {
        Log.warnf("unusable model: %s", unusable.getMessage());
        return refused(InferenceCall.BAD_MODEL, unusable.getMessage());
    }

    @ServerExceptionMapper
    public Response overloaded(Overloaded overloaded) {
        return refused(InferenceCall.OVERLOADED, overloaded.getMessage());
    }

    @ServerExceptionMapper
    public Response unavailable(ObjectStoreException.Unavailable unavailable) {
        Log.warnf("cannot load: %s", unavailable.getMessage());
        return refused(InferenceCall.UNAVAILABLE, unavailable.getMessage());
    }

    private static Response refused(int status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Refusal(message))
                .build();
    }
}
