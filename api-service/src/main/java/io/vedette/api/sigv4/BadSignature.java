package io.vedette.api.sigv4;

/** A request that is not signed, or not as it has to be. The message is safe to show and tells nothing secret. */
public final class BadSignature extends RuntimeException {
    private final Flaw flaw;

    BadSignature(Flaw flaw, String message) {
        super(message);
        this.flaw = flaw;
    }

    /** What is wrong, as far as callers are told different things. */
    public enum Flaw {
        /** There is no signature. */
        MISSING,
        /** There is one, but it is malformed, too old, for another service, or simply wrong. */
        WRONG
    }

    public Flaw flaw() {
        return flaw;
    }

    static BadSignature wrong(String message) {
        return new BadSignature(Flaw.WRONG, message);
    }
}
