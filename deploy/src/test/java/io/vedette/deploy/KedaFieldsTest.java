package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schemas in src/test/resources/keda have the fields that KEDA's own types have, as npm's {@code @kubernetes-models/keda} (MIT)
 * declares them, which is made of KEDA's source. It has no schema to be taken: validators only, that let unknown fields pass.
 */
class KedaFieldsTest {
    private static final String PACKAGE = "@kubernetes-models/keda@2.0.0";
    private static final Pattern FIELD = Pattern.compile("(?m)^    \"(\\w+)\"\\??: (\\S+)");

    @TempDir
    private static Path work;

    @BeforeAll
    static void fetch() throws IOException, InterruptedException {
        assumeThat(succeeds("npm", "pack", PACKAGE, "--prefer-offline", "--fetch-retries=0", "--fetch-timeout=15000"))
                .as("npm, and a registry that has " + PACKAGE)
                .isTrue();
        assertThat(succeeds("tar", "xzf", "kubernetes-models-keda-2.0.0.tgz")).isTrue();
    }

    @Test
    void scaledJob() throws IOException {
        JsonNode spec = schema("ScaledJob").at("/properties/spec");
        isLike(spec, "ScaledJobSpec");
        isLike(spec.at("/properties/rollout"), "Rollout");
        isLike(spec.at("/properties/scalingStrategy"), "ScalingStrategy");
        JsonNode trigger = spec.at("/properties/triggers/items");
        isLike(trigger, "ScaleTriggers");
        isLike(trigger.at("/properties/authenticationRef"), "AuthenticationRef");
    }

    @Test
    void triggerAuthentication() throws IOException {
        JsonNode spec = schema("TriggerAuthentication").at("/properties/spec");
        assertThat(declared("TriggerAuthenticationSpec").keySet())
                .as("of the many ways to fetch a secret the chart has one")
                .containsAll(fields(spec));
        isLike(spec.at("/properties/secretTargetRef/items"), "AuthTargetRef");
    }

    /** The same fields, and what is a number there is one here. */
    private static void isLike(JsonNode schema, String type) throws IOException {
        Map<String, String> declared = declared(type);
        assertThat(fields(schema)).as(type).isEqualTo(declared.keySet());
        declared.forEach((field, kind) -> assertThat(
                        schema.at("/properties/" + field + "/type").asText("string"))
                .as(type + "." + field)
                .isEqualTo(
                        switch (kind.replaceAll("[;<].*", "")) {
                            case "number" -> "integer";
                            case "string", "boolean" -> kind.replace(";", "");
                            case "Array" -> "array";
                            default -> "object";
                        }));
    }

    private static Set<String> fields(JsonNode schema) {
        Set<String> fields = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static Map<String, String> declared(String type) throws IOException {
        String file = Files.readString(work.resolve("package/keda.sh/v1alpha1/" + type + ".d.ts"));
        String body = file.substring(file.indexOf("interface I" + type), file.indexOf("\n}"));
        Map<String, String> declared = new TreeMap<>();
        Matcher field = FIELD.matcher(body);
        while (field.find()) {
            declared.put(field.group(1), field.group(2));
        }
        return declared;
    }

    private static JsonNode schema(String kind) throws IOException {
        return new ObjectMapper().readTree(KedaFieldsTest.class.getResourceAsStream("/keda/" + kind + ".json"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
