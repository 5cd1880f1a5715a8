package io.vedette.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named places at which a test has this JVM end without another word, as by {@code kill -9}, or stand still. Without one
 * of these properties they do nothing:
 *
 * <ul>
 *   <li>{@code -Dvedette.crash=NAME[:n]} ends the JVM when it comes to this place, the nth time (the first).
 *   <li>{@code -Dvedette.crash.folder=DIR} ends the JVM when it comes to a place of which DIR has a file of its name; the
 *       file becomes {@code NAME.reached}, so that this happens once. What the file has must be in the subject's name;
 *       after the word {@code hold} the JVM stands still there instead, until {@code NAME.reached} is removed.
 * </ul>
 */
public final class CrashPoint {
    private static final String ONE = System.getProperty("vedette.crash");
    private static final String FOLDER = System.getProperty("vedette.crash.folder");
    private static final boolean NONE = ONE == null && FOLDER == null;
    private static final AtomicInteger PASSED = new AtomicInteger();
    private static final String HOLD = "hold ";
    private static final long GLANCE_MILLIS = 20;
    private static final int EXIT = 137; // as kill -9 leaves it

    private CrashPoint() {}

    /** @param subject what is worked at */
    public static void pass(String name, Object subject) {
        if (NONE) {
            return;
        }
        if (ONE != null) {
            count(name);
        }
        if (FOLDER != null) {
            look(Path.of(FOLDER, name), String.valueOf(subject));
        }
    }

    private static void count(String name) {
        int colon = ONE.indexOf(':');
        String place = colon < 0 ? ONE : ONE.substring(0, colon);
        int nth = colon < 0 ? 1 : Integer.parseInt(ONE.substring(colon + 1));
        if (place.equals(name) && PASSED.incrementAndGet() == nth) {
            Runtime.getRuntime().halt(EXIT);
        }
    }

    private static void look(Path file, String subject) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            String meant = Files.readString(file).strip();
            boolean hold = (meant + " ").startsWith(HOLD);
            String text = hold ? meant.substring(Math.min(meant.length(), HOLD.length())) : meant;
            if (!subject.contains(text)) {
                return;
            }
            Path reached = Path.of(file + ".reached");
            Files.move(file, reached, StandardCopyOption.ATOMIC_MOVE); // one of several processes gets it
            if (!hold) {
                Runtime.getRuntime().halt(EXIT);
            }
            while (Files.exists(reached)) {
                TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
            }
        } catch (IOException another) {
            // somebody else has come to the place at this moment
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
