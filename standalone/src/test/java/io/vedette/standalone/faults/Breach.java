package io.vedette.standalone.faults;

/**
 * Something that should never be.
 *
 * @param invariant its number, 1 to 12
 */
record Breach(int invariant, String what) {
    @Override
    public String toString() {
        return "I" + invariant + ": " + what;
    }
}
