package io.vedette.api.account;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.AwsErrorMapper;
import io.vedette.api.aws.Caller;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Tells the operation who calls. A call that did not come through the front door has no caller and is refused. */
class CallerFilter {
    private final Caller caller;

    CallerFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter
    public void enter(RoutingContext call) {
        Identity identity = call.get(FrontDoor.IDENTITY);
        if (identity == null) {
            throw AwsError.MISSING_AUTHENTICATION_TOKEN.because("The request is not signed.");
        }
        caller.is(identity.scope(), identity.accessKeyId());
        MDC.put("requestId", call.response().headers().get(AwsErrorMapper.REQUEST_ID));
    }
}
