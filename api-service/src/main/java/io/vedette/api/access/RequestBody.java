package io.vedette.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vedette.api.aws.AwsError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a body says of names and tags. A body that is not JSON says nothing: its operation will refuse it. */
final class RequestBody {
    private final JsonNode json;

    private RequestBody(JsonNode json) {
        this.json = json;
    }

    static RequestBody of(byte[] body, ObjectMapper mapper) {
        try {
            return new RequestBody(body.length == 0 ? MissingNode.getInstance() : mapper.readTree(body));
        } catch (JsonProcessingException malformed) {
            return new RequestBody(MissingNode.getInstance());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Optional<String> text(String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }

    /**
     * By key; empty if there are none.
     *
     * @throws io.vedette.api.aws.ServiceException VALIDATION if they are there but cannot be read: what was not
     *     understood here must not pass
     */
    Map<String, String> tags() {
        JsonNode tags = json.path("Tags");
        if (tags.isMissingNode() || tags.isNull()) {
            return Map.of();
        }
        if (!tags.isArray()) {
            throw AwsError.VALIDATION.because("Tags is malformed: a list is expected.");
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            for (String member : List.of("Key", "Value")) {
                if (!tags.get(i).path(member).isTextual()) {
                    throw AwsError.VALIDATION.because("Tags[" + i + "]." + member + " must be a string.");
                }
            }
            read.put(
                    tags.get(i).get("Key").textValue(), tags.get(i).get("Value").textValue());
        }
        return read;
    }
}
