package io.vedette.api.account;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vedette.api.aws.AwsError;
import jakarta.enterprise.context.RequestScoped;

/**
 * Who manages keys in the present call. The owner of the configuration's key, the operator, manages those of all
 * accounts; everyone else those of the own account, as far as the policies allow.
 */
@RequestScoped
class KeyOwner {
    private final CurrentVertxRequest current;

    KeyOwner(CurrentVertxRequest current) {
        this.current = current;
    }

    boolean isOperator() {
        return identity().key().root();
    }

    String account() {
        return identity().key().account();
    }

    boolean mayManage(String account) {
        return isOperator() || account.equals(account());
    }

    /** @throws io.vedette.api.aws.ServiceException ACCESS_DENIED to all but the operator */
    void requireOperator() {
        if (!isOperator()) {
            throw AwsError.ACCESS_DENIED.because("Only the owner of the configured root key manages accounts.");
        }
    }

    private Identity identity() {
        return current.getCurrent().get(FrontDoor.IDENTITY);
    }
}
