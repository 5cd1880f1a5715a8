package io.vedette.api.aws;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The body of the present call as the caller sent it, for operations that take something else than JSON. */
@RequestScoped
public class SentBody {
    /** Under this name a call carries the Content-Type that the caller gave, if any. */
    public static final String TYPE = SentBody.class.getName() + ".type";

    /** Under this name a call carries the bytes of its body. */
    public static final String BYTES = SentBody.class.getName() + ".bytes";

    private final RoutingContext call;

    SentBody(RoutingContext call) {
        this.call = call;
    }

    /** The media type without its parameters, in lower case. */
    public Optional<String> type() {
        String type = call.get(TYPE);
        return Optional.ofNullable(type)
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT));
    }

    public byte[] bytes() {
        return call.get(BYTES);
    }

    /** Whether the caller said how long the body would be, before it came. */
    public boolean hasLength() {
        return call.request().headers().contains("Content-Length");
    }
}
