package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;

/** The service model of the client kit against the AWS SDK for Java's own, member by member. */
class ClientKitTest {
    private static final Path KIT = Path.of("../deploy/clients/botocore/lookoutvision/2020-11-20");
    private static final String SDK = "software.amazon.awssdk.services.lookoutvision.model.";
    private static final JsonNode MODEL = read("service-2.json");

    static Stream<String> structures() {
        return MODEL.get("shapes").properties().stream()
                .filter(shape -> shape.getValue().get("type").textValue().equals("structure"))
                .map(Map.Entry::getKey);
    }

    static Stream<String> enums() {
        return MODEL.get("shapes").properties().stream()
                .filter(shape -> shape.getValue().has("enum"))
                .map(Map.Entry::getKey);
    }

    @Test
    void itHasTheOperationsThatTheSdkHas() {
        Set<String> sdk = Arrays.stream(LookoutVisionClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && method.getParameterTypes()[0].getSimpleName().endsWith("Request")
                        && method.getReturnType().getSimpleName().endsWith("Response"))
                .map(Method::getName)
                .map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        sdk.add("DetectAnomalies"); // takes its body beside the request
        Set<String> ours = MODEL.get("operations").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(ours).hasSize(22).isEqualTo(sdk);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void aStructureHasTheMembersThatTheSdkHas(String shape) throws Exception {
        Map<String, String> ours = new TreeMap<>();
        JsonNode structure = MODEL.get("shapes").get(shape);
        structure.get("members").properties().forEach(member -> {
            JsonNode of = MODEL.get("shapes").get(member.getValue().get("shape").textValue());
            String place = member.getValue().path("location").asText("body");
            String name = member.getValue().path("locationName").asText(member.getKey());
            ours.put(name, place + " " + of.get("type").textValue());
        });
        // What the SDK has elsewhere: exceptions' messages, and the stream that is a parameter of its own.
        if (structure.path("exception").asBoolean()) {
            ours.remove("Message");
        }
        ours.values().removeIf(kind -> shape.equals("DetectAnomaliesRequest") && kind.equals("body blob"));
        assertThat(ours).isEqualTo(membersOfSdk(shape));
    }

    @ParameterizedTest
    @MethodSource("enums")
    void anEnumHasTheValuesThatTheSdkHas(String shape) throws Exception {
        Set<String> sdk = Arrays.stream(Class.forName(SDK + shape).getEnumConstants())
                .map(Object::toString)
                .filter(value -> !value.equals("null"))
                .collect(Collectors.toSet());
        Set<String> ours = new TreeSet<>();
        MODEL.get("shapes").get(shape).get("enum").forEach(value -> ours.add(value.textValue()));
        assertThat(ours).isEqualTo(sdk);
    }

    @Test
    void allThatIsNamedIsThereAndUsed() {
        String text = MODEL.toString();
        MODEL.findValues("shape")
                .forEach(name -> assertThat(MODEL.get("shapes").has(name.textValue()))
                        .as(name.textValue())
                        .isTrue());
        MODEL.get("shapes")
                .fieldNames()
                .forEachRemaining(name -> assertThat(text).contains("\"shape\":\"" + name + "\""));
        read("paginators-1.json").get("pagination").properties().forEach(operation -> {
            JsonNode output =
                    MODEL.get("shapes").get(operation.getKey() + "Response").get("members");
            assertThat(output.has(operation.getValue().get("result_key").textValue()))
                    .isTrue();
            assertThat(output.has(operation.getValue().get("output_token").textValue()))
                    .isTrue();
        });
    }

    @Test
    void installCopiesTheKitAndSaysHowToFindIt(@TempDir Path folder) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine commandLine = VedetteCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        String root = System.setProperty("vedette.root", Path.of("..").toString());
        try {
            assertThat(commandLine.execute("client-kit", "install", "--dir", folder.toString()))
                    .isZero();
        } finally {
            if (root == null) {
                System.clearProperty("vedette.root");
            } else {
                System.setProperty("vedette.root", root);
            }
        }
        for (String file : List.of("service-2.json", "paginators-1.json", "endpoint-rule-set-1.json")) {
            assertThat(folder.resolve("lookoutvision/2020-11-20").resolve(file))
                    .hasSameTextualContentAs(KIT.resolve(file));
        }
        assertThat(out.toString()).contains("export AWS_DATA_PATH='" + folder + "'");
    }

    private static Map<String, String> membersOfSdk(String shape) throws Exception {
        Class<?> type = Class.forName(SDK + shape);
        Object builder = type.getMethod("builder").invoke(null);
        Map<String, String> members = new TreeMap<>();
        for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
            String place = switch (field.location()) {
                case PATH, GREEDY_PATH -> "uri";
                case QUERY_PARAM -> "querystring";
                case HEADER -> "header";
                default -> "body";
            };
            members.put(field.locationName(), place + " " + kind(field));
        }
        return members;
    }

    private static String kind(SdkField<?> field) {
        if (field.containsTrait(ListTrait.class)) {
            return "list";
        }
        return Map.<MarshallingType<?>, String>of(
                        MarshallingType.STRING, "string",
                        MarshallingType.INTEGER, "integer",
                        MarshallingType.FLOAT, "float",
                        MarshallingType.BOOLEAN, "boolean",
                        MarshallingType.INSTANT, "timestamp",
                        MarshallingType.SDK_BYTES, "blob",
                        MarshallingType.SDK_POJO, "structure")
                .getOrDefault(field.marshallingType(), field.marshallingType().toString());
    }

    private static JsonNode read(String file) {
        try {
            return new ObjectMapper().readTree(Files.readString(KIT.resolve(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
