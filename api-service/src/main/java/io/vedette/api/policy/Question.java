package io.vedette.api.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * May this be done?
 *
 * @param action such as {@code lookoutvision:CreateModel}
 * @param resource its ARN
 * @param context the values of a condition key, by the key in lower case; empty if the request has none. Asked only for
 *     keys that a policy names, so that a costly one is looked up only where it matters
 */
public record Question(String action, String resource, Function<String, Optional<List<String>>> context) {}
