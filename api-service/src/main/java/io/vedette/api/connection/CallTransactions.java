package io.vedette.api.connection;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vedette.api.aws.AwsError;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets only so many transactions of callers go on at a time. Who has waited for a place in vain is told to come again: its
 * database has more to do than it can.
 */
@Interceptor
@Transactional
@Priority(Interceptor.Priority.PLATFORM_BEFORE) // around the transaction itself, which begins at PLATFORM_BEFORE + 200
class CallTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CallPlaces places;

    CallTransactions(CallPlaces places) {
        this.places = places;
    }

    @AroundInvoke
    Object inItsPlace(InvocationContext invocation) throws Exception {
        if (!OfCall.isMarked() || QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            return invocation.proceed();
        }
        if (!places.free().tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw AwsError.THROTTLING
                    .because("The service is busy: too many calls wait for its database. Try again in a moment.")
                    .retryAfter(SOON);
        }
        try {
            return invocation.proceed();
        } finally {
            places.free().release();
        }
    }
}
