package io.vedette.api.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policies that are always there, by name or by AWS's ARN of the same name. */
public final class ManagedPolicies {
    private static final String ARN = "arn:aws:iam::aws:policy/";
    private static final Map<String, Policy> ALL = Stream.of(
                    "AmazonLookoutVisionFullAccess",
                    "AmazonLookoutVisionReadOnlyAccess",
                    "AmazonLookoutVisionConsoleFullAccess",
                    "AmazonLookoutVisionConsoleReadOnlyAccess",
                    "AdministratorAccess")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), ManagedPolicies::read));

    private ManagedPolicies() {}

    public static Optional<Policy> named(String nameOrArn) {
        return Optional.ofNullable(ALL.get(nameOrArn.startsWith(ARN) ? nameOrArn.substring(ARN.length()) : nameOrArn));
    }

    /** In alphabetical order. */
    public static Set<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    private static Policy read(String name) {
        try (InputStream in = ManagedPolicies.class.getResourceAsStream("/policies/" + name + ".json")) {
            return Policy.parse(new ObjectMapper().readTree(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
