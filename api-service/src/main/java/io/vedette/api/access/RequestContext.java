package io.vedette.api.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The condition keys of a request (specification §8.2, and those that every request has).
 *
 * @param resourceTags of the model that is asked for; looked up only if a policy names one
 */
record RequestContext(Request request, Map<String, String> requestTags, Supplier<Map<String, String>> resourceTags) {
    private static final String REQUEST_TAG = "aws:requesttag/";
    private static final String RESOURCE_TAG = "aws:resourcetag/";

    /** @param key in lower case, the tag's own name too: policies write condition keys in any case */
    Optional<List<String>> values(String key) {
        if (key.startsWith(REQUEST_TAG)) {
            return tag(requestTags, key.substring(REQUEST_TAG.length()));
        }
        if (key.startsWith(RESOURCE_TAG)) {
            return tag(resourceTags.get(), key.substring(RESOURCE_TAG.length()));
        }
        return switch (key) {
            case "aws:tagkeys" -> tagKeys();
            case "aws:sourceip" -> Optional.of(List.of(request.sourceAddress()));
            case "aws:securetransport" -> Optional.of(List.of(Boolean.toString(request.encrypted())));
            case "aws:requestedregion" -> Optional.of(List.of(request.scope().region()));
            case "aws:principalaccount" -> Optional.of(List.of(request.scope().account()));
            case "aws:currenttime" -> Optional.of(List.of(Instant.now().toString()));
            default -> Optional.empty();
        };
    }

    private Optional<List<String>> tagKeys() {
        if (request.target()
                .operation()
                .filter(Operation.UNTAG_RESOURCE::equals)
                .isEmpty()) {
            return requestTags.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(requestTags.keySet()));
        }
        List<String> keys = Arrays.stream(request.query().split("&"))
                .filter(pair -> decoded(pair.replaceFirst("=.*", "")).equals("tagKeys") && pair.contains("="))
                .map(pair -> decoded(pair.substring(pair.indexOf('=') + 1)))
                .toList();
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private static Optional<List<String>> tag(Map<String, String> tags, String lowerCaseKey) {
        List<String> values = tags.entrySet().stream()
                .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(lowerCaseKey))
                .map(Map.Entry::getValue)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
