package io.vedette.standalone.compatibility;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vedette.standalone.compatibility.Outcomes.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;

/**
 * {@code CompatibilityReport ROOT}: writes {@code target/compatibility.md}, a line for each behaviour of the checklist
 * with the tests that carry its tag and how they went in the last run. The last step of {@code mvn verify}.
 */
public final class CompatibilityReport {
    private CompatibilityReport() {}

    /** A test method that carries a tag. */
    record Tagged(String className, String method) {
        @Override
        public String toString() {
            return className.substring(className.lastIndexOf('.') + 1) + "." + method;
        }
    }

    /** What is known of one behaviour. */
    enum Verdict {
        PASS("pass"),
        FAIL("fail"),
        NOT_COVERED("not covered");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** One failure outweighs all; what was only skipped proves nothing. */
        static Verdict of(List<Outcome> outcomes) {
            if (outcomes.contains(Outcome.FAILED)) {
                return FAIL;
            }
            return outcomes.contains(Outcome.PASSED) ? PASS : NOT_COVERED;
        }
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        List<Path> modules;
        try (Stream<Path> folders = Files.list(root)) {
            modules = folders.filter(folder -> Files.isDirectory(folder.resolve("target")))
                    .sorted()
                    .toList();
        }
        String report = report(checklist(), tagged(modules), Outcomes.read(modules));
        Path file = Files.createDirectories(root.resolve("target")).resolve("compatibility.md");
        Files.writeString(file, report);
        System.out.println(report.lines().findFirst().orElseThrow() + " See " + file);
    }

    /** The behaviours by their number, in our words. */
    static Map<String, String> checklist() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CompatibilityReport.class.getResourceAsStream("/compatibility.txt")),
                StandardCharsets.UTF_8))) {
            Map<String, String> checklist = new LinkedHashMap<>();
            lines.lines().forEach(line -> checklist.put(line.substring(0, 6), line.substring(7)));
            return checklist;
        }
    }

    /** The test methods by the tags they carry; read from the class files, nothing is loaded. */
    static Map<String, List<Tagged>> tagged(List<Path> modules) {
        List<Path> classes = modules.stream()
                .map(module -> module.resolve("target").resolve("test-classes"))
                .filter(Files::isDirectory)
                .toList();
        Map<String, List<Tagged>> tagged = new TreeMap<>();
        new ClassFileImporter()
                .importPaths(classes).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .sorted(Comparator.comparing(JavaMethod::getFullName))
                        .forEach(method -> tags(method)
                                .forEach(tag -> tagged.computeIfAbsent(tag, key -> new ArrayList<>())
                                        .add(new Tagged(method.getOwner().getName(), method.getName()))));
        return tagged;
    }

    private static Stream<String> tags(JavaMethod method) {
        Stream<Tag> several =
                method.tryGetAnnotationOfType(Tags.class).stream().flatMap(tags -> Stream.of(tags.value()));
        return Stream.concat(method.tryGetAnnotationOfType(Tag.class).stream(), several)
                .map(Tag::value);
    }

    static String report(Map<String, String> checklist, Map<String, List<Tagged>> tagged, Outcomes outcomes) {
        Map<Verdict, Long> totals = new TreeMap<>();
        StringBuilder table = new StringBuilder("| line | behaviour | result | test |\n|---|---|---|---|\n");
        checklist.forEach((line, behaviour) -> {
            List<Tagged> tests = tagged.getOrDefault(line, List.of());
            Verdict verdict = Verdict.of(tests.stream()
                    .flatMap(test -> outcomes.of(test.className(), test.method()).stream())
                    .toList());
            totals.merge(verdict, 1L, Long::sum);
            table.append("| %s | %s | %s | %s |%n".formatted(line, behaviour, verdict.word, names(tests)));
        });
        return "Of %d behaviours: %d pass, %d fail, %d not covered.%n%n"
                        .formatted(
                                checklist.size(),
                                totals.getOrDefault(Verdict.PASS, 0L),
                                totals.getOrDefault(Verdict.FAIL, 0L),
                                totals.getOrDefault(Verdict.NOT_COVERED, 0L))
                + table;
    }

    private static String names(List<Tagged> tests) {
        return tests.stream().map(Tagged::toString).collect(Collectors.joining(", "));
    }
}
