package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md and docs/hosting.md name every key that the services read, with its default, and no other. */
class ConfigurationDocumentTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> SERVICES =
            List.of("api-service", "trainer-worker", "evaluator-worker", "inference-service");
    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final Pattern OWN_LINE = Pattern.compile("(?m)^(vedette\\.[a-z0-9.-]+)=");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(vedette\\.[a-z0-9.-]+)");
    private static final Pattern DOCUMENTED = Pattern.compile("`(vedette\\.[a-z0-9.*-]+)`");

    /** Defaults that are told in words. */
    private static final Set<String> IN_WORDS = Set.of("${java.io.tmpdir}");

    @Test
    void everyKeyIsDocumentedAndEveryDocumentedKeyIsRead() throws IOException {
        Set<String> known = new TreeSet<>(mapped().keySet());
        known.addAll(fromProperties());
        Set<String> documented = new TreeSet<>(documented().keySet());
        documented.removeIf(key -> key.endsWith("*"));
        assertThat(known).hasSizeGreaterThan(60);
        assertThat(documented)
                .as("keys in docs/configuration.md and docs/hosting.md")
                .isEqualTo(known);
    }

    @Test
    void theDocumentsGiveTheDefaultsOfTheCode() throws IOException {
        Map<String, String> documented = documented();
        mapped().forEach((key, value) -> value.filter(text -> !IN_WORDS.contains(text))
                .ifPresent(text -> assertThat(documented.getOrDefault(key, ""))
                        .as("the default of %s", key)
                        .contains(text)));
    }

    /** Key to default. */
    private static Map<String, Optional<String>> mapped() {
        JavaClasses classes = new ClassFileImporter()
                .importPaths(Stream.concat(Stream.of("common-runtime"), SERVICES.stream())
                        .map(module -> ROOT.resolve(module).resolve("target/classes"))
                        .toList());
        Map<String, Optional<String>> keys = new TreeMap<>();
        classes.stream()
                .filter(type -> type.isAnnotatedWith(MAPPING))
                .forEach(
                        type -> add(keys, text(type.getAnnotationOfType(MAPPING).get("prefix")), type));
        return keys;
    }

    private static void add(Map<String, Optional<String>> keys, String prefix, JavaClass mapping) {
        for (JavaMethod method : mapping.getMethods()) {
            if (!method.getModifiers().contains(JavaModifier.ABSTRACT)) {
                continue;
            }
            String key = prefix + "." + dashed(method.getName());
            JavaClass type = method.getRawReturnType();
            if (type.isInterface() && type.getPackageName().startsWith("io.vedette")) {
                add(keys, key, type);
            } else {
                keys.put(
                        key,
                        method.tryGetAnnotationOfType("io.smallrye.config.WithDefault")
                                .map(annotation -> text(annotation.get("value"))));
            }
        }
    }

    private static String text(Optional<?> value) {
        return value.orElseThrow().toString();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static Set<String> fromProperties() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String service : SERVICES) {
            Path sources = ROOT.resolve(service).resolve("src/main");
            String properties = Files.readString(sources.resolve("resources/application.properties"));
            find(OWN_LINE, properties, keys);
            find(PLACEHOLDER, properties, keys);
            try (Stream<Path> files = Files.walk(sources.resolve("java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> find(PLACEHOLDER, read(file), keys));
            }
        }
        return keys;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void find(Pattern pattern, String text, Set<String> into) {
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            into.add(found.group(1));
        }
    }

    /** Key to its row in a table. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String document : List.of("docs/configuration.md", "docs/hosting.md")) {
            for (String line : Files.readAllLines(ROOT.resolve(document))) {
                if (line.startsWith("| `vedette.")) {
                    Set<String> keys = new TreeSet<>();
                    find(DOCUMENTED, line.split("\\|")[1], keys);
                    keys.forEach(key -> rows.merge(key, line, String::concat));
                }
            }
        }
        return rows;
    }
}
