package io.vedette.api.account;

import io.vedette.api.access.Authorisation;
import io.vedette.api.access.Request;
import io.vedette.api.quota.RequestRates;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether a caller who is known may make a call: not too many of them, and only what the key's policies allow. */
@ApplicationScoped
class Admission {
    private final RequestRates rates;
    private final Authorisation authorisation;
    private final KeyPolicies policies;

    Admission(RequestRates rates, Authorisation authorisation, KeyPolicies policies) {
        this.rates = rates;
        this.authorisation = authorisation;
        this.policies = policies;
    }

    /**
     * Not to be called on an event loop.
     *
     * @throws io.vedette.api.aws.ServiceException THROTTLING or ACCESS_DENIED
     */
    void check(Identity identity, Request request) {
        AccessKey key = identity.key();
        rates.check(key.account(), request.target().name(), identity.requestsPerSecond());
        if (!key.root()) {
            authorisation.check(request, identity.principal().arn(), policies.meaning(key.policies()));
        }
    }
}
