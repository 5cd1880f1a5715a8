package io.vedette.api.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.api.policy.BadPolicy;
import io.vedette.api.policy.ManagedPolicies;
import io.vedette.api.policy.Policy;
import jakarta.inject.Singleton;
import java.util.List;

/** Between a key's policies as they are kept, texts in a JSON array, and what they mean. */
@Singleton
class KeyPolicies {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int MOST = 10;
    private static final int LONGEST = 6144; // as IAM has it for a managed policy

    private final ObjectMapper json;

    KeyPolicies(ObjectMapper json) {
        this.json = json;
    }

    /** @throws Unusable if one is neither a managed policy's name nor a document */
    List<String> kept(List<JsonNode> given) {
        if (given.size() > MOST) {
            throw new Unusable("a key can have at most " + MOST);
        }
        return given.stream().map(this::kept).toList();
    }

    List<Policy> meaning(List<String> kept) {
        return kept.stream().map(this::meaning).toList();
    }

    /** As callers see them: a name, or the document. */
    List<JsonNode> shown(List<String> kept) {
        return kept.stream()
                .map(text -> ManagedPolicies.named(text).isPresent()
                        ? json.getNodeFactory().textNode(text)
                        : document(text))
                .toList();
    }

    String text(List<String> kept) {
        try {
            return json.writeValueAsString(kept);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<String> texts(String column) {
        try {
            return json.readValue(column, TEXTS);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a key's policies are not a JSON array of texts", unreadable);
        }
    }

    /** Not a policy; the message says why. */
    static final class Unusable extends IllegalArgumentException {
        Unusable(String message) {
            super(message);
        }
    }

    private String kept(JsonNode given) {
        if (given.isTextual()) {
            if (ManagedPolicies.named(given.textValue()).isEmpty()) {
                throw new Unusable("there is no managed policy " + given.textValue() + "; there are "
                        + String.join(", ", ManagedPolicies.names()));
            }
            return given.textValue();
        }
        try {
            Policy.parse(given);
        } catch (BadPolicy bad) {
            throw new Unusable(bad.getMessage());
        }
        String text = given.toString();
        if (text.length() > LONGEST) {
            throw new Unusable("a policy has at most " + LONGEST + " characters");
        }
        return text;
    }

    private Policy meaning(String text) {
        return ManagedPolicies.named(text).orElseGet(() -> Policy.parse(document(text)));
    }

    private JsonNode document(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a key's policy is not JSON", unreadable);
        }
    }
}
