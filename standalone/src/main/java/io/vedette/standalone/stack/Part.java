package io.vedette.standalone.stack;

import java.io.IOException;
import java.util.List;

/** One process of the stack: how it is started, and how one sees that it is well. */
interface Part {
    String name();

    /** Where it listens, for people. */
    String address();

    /** Prepares its data and says what to run. The output goes to the part's log, which the caller sets. */
    ProcessBuilder command() throws IOException;

    /** Whether it answers now. Never throws, and never takes longer than two seconds. */
    boolean healthy();

    /** How a part that runs is, as it says itself. */
    enum Pulse {
        WELL,
        /** It says that it no longer works, and has to be started anew. */
        SICK,
        /** It does not say anything: it hangs, or the machine has too much to do. */
        SILENT
    }

    /** Never throws, and never takes longer than two seconds. */
    default Pulse pulse() {
        return Pulse.WELL;
    }

    /** What {@link RunningStack} asks: an URL, or {@code HOST:PORT}. */
    default String probe() {
        return address();
    }

    /** Called each time the part has become healthy. */
    default void ready() throws IOException {}

    /** The signal that ends it soon and cleanly. */
    default String stopSignal() {
        return "TERM";
    }

    /** What must be healthy before this part starts. */
    default List<String> needs() {
        return List.of();
    }
}
