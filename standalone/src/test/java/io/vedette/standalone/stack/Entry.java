package io.vedette.standalone.stack;

import java.io.IOException;

/** Enters a process that the stack has not started as one of its parts: {@link RunningStack} then tells of it as of the others. */
public final class Entry {
    private Entry() {}

    /**
     * Once the stack runs: whatever is entered when it starts is taken for what an earlier one has left behind, and ended.
     *
     * @param address where it listens, as the part itself would say it
     */
    public static void of(StackLayout stack, String part, long pid, String address) throws IOException {
        PidFile.of(stack.home(), part).write(ProcessHandle.of(pid).orElseThrow(), address + " " + address);
    }
}
