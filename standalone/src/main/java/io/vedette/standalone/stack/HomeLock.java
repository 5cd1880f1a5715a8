package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** One launcher per home. The kernel gives the lock back when its holder dies, however it dies. */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StackFailure if another launcher holds this home */
    static HomeLock take(Home home) {
        try {
            FileChannel channel =
                    FileChannel.open(home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                String who = RunningStack.of(home)
                        .launcherPid()
                        .map(pid -> " (pid " + pid + ")")
                        .orElse("");
                throw new StackFailure("Another vedette" + who + " is running in " + home.directory()
                        + "; stop it with ./vedette down, or set VEDETTE_HOME to another folder.");
            }
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new StackFailure(
                    "The home folder " + home.directory() + " cannot be locked (" + e.getMessage() + ").", e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process, as in the tests
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the kernel releases it with the process
        }
    }
}
