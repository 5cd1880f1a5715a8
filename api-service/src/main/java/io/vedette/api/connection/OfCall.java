package io.vedette.api.connection;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;

/** Tells what is done for a caller from what the api does by itself: a mark on the call's Vert.x context. */
public final class OfCall {
    private static final String MARK = OfCall.class.getName();

    private OfCall() {}

    /** To be called on the call's own context. */
    public static void mark() {
        ContextLocals.put(MARK, true);
    }

    static boolean isMarked() {
        return VertxContext.isOnDuplicatedContext() && ContextLocals.get(MARK, false);
    }
}
