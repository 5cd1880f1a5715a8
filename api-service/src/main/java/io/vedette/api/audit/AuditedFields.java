package io.vedette.api.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Parameters and answers as CloudTrail shows them: names in lowerCamelCase, secrets hidden, long texts cut. */
final class AuditedFields {
    static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    private static final Set<String> SECRET = Set.of("secretAccessKey", "sessionToken", "nextToken");
    private static final int LONGEST = 1024;

    private AuditedFields() {}

    static JsonNode of(JsonNode node) {
        if (node.isObject()) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> {
                String name = lowerCamelCase(field.getKey());
                shown.set(name, SECRET.contains(name) ? shown.textNode(HIDDEN) : of(field.getValue()));
            });
            return shown;
        }
        if (node.isArray()) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> shown.add(of(each)));
            return shown;
        }
        return node.isTextual() ? JsonNodeFactory.instance.textNode(cut(node.textValue())) : node;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, 64) + "… (" + text.length() + " characters)";
    }

    private static String lowerCamelCase(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
