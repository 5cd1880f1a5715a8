package io.vedette.anomaly.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.LearnerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains and measures learners: {@code Bench PLAN.json}. Writes one JSON object a line to its standard output,
 * {@code {"progress":"…"}} while it works and {@code {"trial":{…}}} for each learner, set and seed. Exit codes: 0 done, 2 if
 * the plan cannot be followed, which the last line of standard error says in a sentence.
 */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Plan plan;
    private final PrintStream out;

    Bench(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        try {
            new Bench(Plan.read(Path.of(arguments[0])), System.out).run();
        } catch (IllegalArgumentException | BadImage e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** @throws IllegalArgumentException for a learner, a backbone or a device that is not there */
    void run() throws IOException {
        List<String> learners = learners();
        for (Plan.PhotoSet set : plan.sets())
            try (Course course = new Course(plan, set, this::progress)) {
                for (int seed = 0; seed < plan.seeds(); seed++) {
                    course.reseed(seed);
                    for (String learner : learners) say("trial", course.trial(learner));
                }
            }
    }

    /** The choice among them comes last. */
    private List<String> learners() {
        List<String> all = new ArrayList<>(LearnerSettings.LEARNERS);
        all.add(LearnerSettings.AUTO);
        for (String name : plan.learners())
            if (!all.contains(name))
                throw new IllegalArgumentException(
                        "There is no learner " + name + "; there are " + String.join(", ", all) + ".");
        return plan.learners().isEmpty() ? all : plan.learners();
    }

    private void progress(String text) {
        say("progress", text);
    }

    private void say(String what, Object that) {
        try {
            out.println(JSON.writeValueAsString(Map.of(what, that)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.flush();
        if (out.checkError()) throw new UncheckedIOException(new IOException("nobody listens any more"));
    }
}
