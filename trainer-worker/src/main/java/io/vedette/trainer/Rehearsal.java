package io.vedette.trainer;

import io.vedette.common.dataset.DatasetEntry;
import io.vedette.runtime.ImageReads;
import io.vedette.runtime.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stands in for the learner where what is around it is tested: reads all photographs, and leaves the files of a model that
 * was learned before. A photograph whose key has {@code rehearse/PART/} in it says how it plays:
 *
 * <ul>
 *   <li>{@code slow-SECONDS}: so long, with progress
 *   <li>{@code stall}: for ever, without progress
 *   <li>{@code die-SIGNAL}: the training process sends itself this signal, such as SEGV
 *   <li>{@code kill-worker}: the worker is killed, and its training process with it
 * </ul>
 *
 * With {@code once-} before it, in the first attempt only.
 */
final class Rehearsal {
    private static final Pattern PART = Pattern.compile("(?:.*/)?rehearse/(once-)?([a-z]+)(?:-(\\w+))?/.*");
    private static final long STEP_MILLIS = 100;

    private final Path model;

    /** @param folder that has the model's files in {@code model} */
    Rehearsal(Path folder) {
        this.model = folder.resolve("model");
    }

    /** False until there is a model to give: then one is really learned. */
    boolean isReady() {
        return Files.exists(model);
    }

    /** @param directory gets the model's files */
    void perform(Work<?> run, List<DatasetEntry> entries, ImageReads images, Path directory) throws IOException {
        for (int i = 0; i < entries.size(); i++) {
            run.progress("rehearsing", i, entries.size());
            images.read(entries.get(i).sourceRef());
        }
        for (DatasetEntry entry : entries) {
            Matcher part = PART.matcher(entry.sourceRef().key());
            if (part.matches() && (part.group(1) == null || run.request().attempt() == 1)) {
                play(part.group(2), part.group(3), run);
            }
        }
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    private static void play(String what, String how, Work<?> run) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        switch (what) {
            case "slow" -> slowly(Long.parseLong(how) * 1000 / STEP_MILLIS, run);
            case "die" -> new ProcessBuilder("kill", "-" + how, Long.toString(self.pid())).start();
            case "kill" -> self.parent().ifPresent(ProcessHandle::destroyForcibly);
            case "stall" -> {} // below
            default -> throw new IllegalArgumentException("nobody can rehearse " + what);
        }
        if (!what.equals("slow")) {
            pause(TimeUnit.DAYS.toMillis(1));
        }
    }

    private static void slowly(long steps, Work<?> run) {
        for (long i = 0; i < steps; i++) {
            run.progress("rehearsing slowly", i, steps);
            pause(STEP_MILLIS);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
