package io.vedette.common.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A line as JSON, and which of its members are the label and the mask, whatever the labelling tool called them. */
final class ManifestLine {
    private static final String SOURCE = "source-ref";
    private static final String LABEL = "anomaly-label";
    private static final String MASK = "anomaly-mask-ref";
    private static final String METADATA = "-metadata";
    private static final Pattern BUCKET = Pattern.compile("[0-9A-Za-z._\\-]{3,63}");
    private static final int MAX_KEY = 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectNode members;

    private ManifestLine(ObjectNode members) {
        this.members = members;
    }

    static ManifestLine read(String line) {
        String text = line.strip();
        checkLength(text);
        try {
            if (JSON.readTree(text) instanceof ObjectNode members) {
                return new ManifestLine(members);
            }
        } catch (JsonProcessingException unreadable) {
            // Told below: the parser's own words name neither the line nor anything a caller could use.
        }
        throw new BadEntry("not a JSON object");
    }

    DatasetEntry toEntry() {
        S3Uri source = s3(SOURCE);
        Optional<String> labelName = labelName();
        Optional<Label> label = labelName.flatMap(this::label);
        Optional<String> maskName = maskName();
        Optional<S3Uri> mask = maskName.map(this::s3);
        Optional<Instant> date = labelName
                .map(name -> metadata(name).path("creation-date"))
                .filter(JsonNode::isTextual)
                .flatMap(text -> CreationDate.parse(text.textValue()));

        Map<String, String> names = new LinkedHashMap<>();
        label.flatMap(known -> labelName).ifPresent(name -> rename(names, name, LABEL));
        maskName.ifPresent(name -> rename(names, name, MASK));
        ObjectNode normal = renamed(names);
        label.ifPresent(known -> normal.set(LABEL, IntNode.valueOf(known == Label.ANOMALY ? 1 : 0)));
        return new DatasetEntry(source, label, date, mask, text(normal));
    }

    List<DefectClass> defectClasses() {
        return maskName()
                .map(name -> ColorMap.read(metadata(name).path("internal-color-map")))
                .orElse(List.of());
    }

    /** {@code anomaly-label} if there is one, else the first classification that says normal or anomaly, else the first. */
    private Optional<String> labelName() {
        if (isLabel(LABEL)) {
            return Optional.of(LABEL);
        }
        return attributes()
                .filter(name -> isLabel(name) && label(name).isPresent())
                .findFirst()
                .or(() -> attributes().filter(this::isLabel).findFirst());
    }

    private Optional<String> maskName() {
        return isMask(MASK)
                ? Optional.of(MASK)
                : attributes().filter(this::isMask).findFirst();
    }

    /** The names that have a value and metadata, in the order of the line. */
    private Stream<String> attributes() {
        return members.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> members.hasNonNull(name) && metadata(name).isObject());
    }

    private boolean isLabel(String name) {
        return !name.endsWith("-ref")
                && members.hasNonNull(name)
                && metadata(name).path("class-name").isTextual()
                && hasType(name, "groundtruth/image-classification");
    }

    private boolean isMask(String name) {
        return name.endsWith("-ref")
                && !name.equals(SOURCE)
                && members.hasNonNull(name)
                && metadata(name).path("internal-color-map").isObject()
                && hasType(name, "groundtruth/semantic-segmentation");
    }

    /** True also where no type is said: then the other members have told what the attribute is. */
    private boolean hasType(String name, String type) {
        JsonNode said = metadata(name).path("type");
        return said.isMissingNode() || said.isNull() || type.equals(said.asText());
    }

    private JsonNode metadata(String name) {
        return members.path(name + METADATA);
    }

    private Optional<Label> label(String name) {
        String said = metadata(name).path("class-name").asText().strip().toLowerCase(Locale.ROOT);
        return Stream.of(Label.values())
                .filter(label -> label.className().equals(said))
                .findFirst();
    }

    private S3Uri s3(String name) {
        JsonNode value = members.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw new BadEntry(name + " is missing");
        }
        try {
            S3Uri address = S3Uri.parse(value.isTextual() ? value.textValue() : "");
            if (isUsable(address)) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, with the name of the member.
        }
        throw new BadEntry(name + " is not an S3 address (s3://BUCKET/KEY): " + abbreviated(value.asText()));
    }

    private static boolean isUsable(S3Uri address) {
        return BUCKET.matcher(address.bucket()).matches()
                && address.key().length() <= MAX_KEY
                && address.key().chars().noneMatch(Character::isISOControl)
                && isText(address.key());
    }

    private static void rename(Map<String, String> names, String from, String to) {
        names.put(from, to);
        names.put(from + METADATA, to + METADATA);
    }

    /** The members with other names, each in its old place; what stood under a new name already gives way. */
    private ObjectNode renamed(Map<String, String> names) {
        ObjectNode result = members.objectNode();
        for (Map.Entry<String, JsonNode> field : members.properties()) {
            String name = field.getKey();
            if (names.containsKey(name)) {
                result.set(names.get(name), field.getValue());
            } else if (!names.containsValue(name)) {
                result.set(name, field.getValue());
            }
        }
        return result;
    }

    private static String text(ObjectNode members) {
        String text = members.toString();
        checkLength(text);
        if (!isText(text)) {
            throw new BadEntry("it holds half of a surrogate pair, which is no character");
        }
        return text;
    }

    private static void checkLength(String text) {
        if (text.length() > DatasetEntry.MAX_LENGTH) {
            throw new BadEntry("longer than " + DatasetEntry.MAX_LENGTH + " characters");
        }
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String abbreviated(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
