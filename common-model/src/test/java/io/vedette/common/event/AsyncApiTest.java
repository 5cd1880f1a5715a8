package io.vedette.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml is what the code sends. */
class AsyncApiTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        document = new YAMLMapper().readTree(DOCS.resolve("asyncapi.yaml").toFile());
    }

    @Test
    void theChannelsAreTheTopicsAsTheyAreCreated() {
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        Map<String, JsonNode> channels = channels();
        assertThat(channels.keySet())
                .isEqualTo(Stream.of(Topic.values()).map(Topic::suffix).collect(Collectors.toSet()));
        for (Topic topic : Topic.values()) {
            JsonNode kafka = channels.get(topic.suffix()).path("bindings").path("kafka");
            JsonNode settings = kafka.path("topicConfiguration");
            assertThat(kafka.path("topic").asText()).isEqualTo(topic.suffix());
            assertThat(kafka.path("partitions").asInt()).as(topic.suffix()).isEqualTo(topic.partitions());
            assertThat(settings.path("cleanup.policy").path(0).asText())
                    .isEqualTo(topic.retention().isPresent() ? "delete" : "compact");
            topic.retention()
                    .ifPresent(kept -> assertThat(settings.path("retention.ms").asLong())
                            .as(topic.suffix())
                            .isEqualTo(kept.toMillis()));
        }
    }

    @Test
    void eachChannelCarriesTheTypesOfItsTopic() {
        Map<String, Set<String>> expected = new TreeMap<>();
        EventTypes.all()
                .forEach((type, kind) -> expected.computeIfAbsent(topic(kind).suffix(), none -> new TreeSet<>())
                        .add(kind.getSimpleName()));
        Map<String, Set<String>> documented = new TreeMap<>();
        channels()
                .forEach((address, channel) -> channel.path("messages")
                        .fieldNames()
                        .forEachRemaining(name -> documented
                                .computeIfAbsent(address, none -> new TreeSet<>())
                                .add(name)));
        assertThat(documented).isEqualTo(expected);
        assertThat(names(document.path("components").path("messages")))
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().values().stream()
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void eachMessagePointsAtTheSchemaThatItsExampleFits() throws IOException {
        for (String type : EventTypes.all().keySet()) {
            JsonNode message =
                    document.path("components").path("messages").path(type.substring(type.lastIndexOf('.') + 1));
            assertThat(message.path("name").asText()).isEqualTo(type);
            Path schema =
                    DOCS.resolve(message.path("payload").path("$ref").asText()).normalize();
            JsonNode example =
                    EventJson.mapper().readTree(AsyncApiTest.class.getResourceAsStream("/events/" + type + ".json"));
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(Files.readString(schema))
                            .validate(example))
                    .as(type)
                    .isEmpty();
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#"))
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static Topic topic(Class<? extends Event> kind) {
        if (LifecycleEvent.class.isAssignableFrom(kind)) {
            return Topic.LIFECYCLE;
        }
        if (RunEvent.class.isAssignableFrom(kind)) {
            return Topic.RUN_EVENTS;
        }
        if (kind == RunCancelled.class) {
            return Topic.RUN_CONTROL;
        }
        return Map.of(
                        WorkEvent.TrainRequested.class, Topic.TRAINING_REQUESTED,
                        WorkEvent.ModelTrained.class, Topic.MODEL_TRAINED,
                        WorkEvent.BatchRequested.class, Topic.BATCH_REQUESTED)
                .get(kind);
    }

    /** By address. */
    private static Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new TreeMap<>();
        document.path("channels")
                .forEach(channel -> channels.put(channel.path("address").asText(), channel));
        return channels;
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
