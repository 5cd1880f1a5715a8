package io.vedette.api.access;

import io.vedette.api.aws.AwsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request's method and path ask for.
 *
 * @param operation empty for an extension that {@link Operation} does not list
 * @param labels the variable parts of the path, decoded, by name
 */
public record Target(Optional<Operation> operation, String method, String path, Map<String, String> labels) {
    private static final String EXTENSIONS = "/vedette/v1/";
    private static final long MOST_BYTES = 1 << 20;

    /**
     * @param rawPath as it came over the wire
     * @throws io.vedette.api.aws.ServiceException UNKNOWN_OPERATION if there is no such operation, VALIDATION if a part
     *     of the path holds a slash that only an ARN may hold
     */
    public static Target of(String method, String rawPath) {
        // An ARN's slashes come encoded from all SDKs, but may come as they are.
        String tags = "/2020-11-20/tags/";
        List<String> segments = rawPath.startsWith(tags)
                ? List.of("2020-11-20", "tags", rawPath.substring(tags.length()))
                : List.of(rawPath.substring(1).split("/"));
        Optional<Operation> operation = Operation.of(method, segments);
        if (operation.isEmpty() && !rawPath.startsWith(EXTENSIONS)) {
            throw AwsError.UNKNOWN_OPERATION.because("There is no such operation.");
        }
        Map<String, String> labels =
                operation.map(found -> labels(found, segments)).orElse(Map.of());
        return new Target(operation, method, rawPath, labels);
    }

    /** As the audit log and the request rates call it. */
    public String name() {
        return operation.map(Operation::operationName).orElse("Extension");
    }

    /** The first part of its action, such as {@code lookoutvision}. */
    public String service() {
        return operation.map(Operation::service).orElse("vedette");
    }

    public boolean isReadOnly() {
        return method.equals("GET")
                || operation.filter(Operation.DETECT_ANOMALIES::equals).isPresent();
    }

    public long mostBytes() {
        return operation.map(Operation::mostBytes).orElse(MOST_BYTES);
    }

    String label(String name) {
        return labels.getOrDefault(name, "");
    }

    String action() {
        return operation.map(Operation::action).orElse("vedette:Extension");
    }

    Operation.Subject subject() {
        return operation.map(Operation::subject).orElse(Operation.Subject.ANY);
    }

    private static Map<String, String> labels(Operation operation, List<String> segments) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String step = operation.path().get(i);
            if (Operation.isLabel(step)) {
                String name = step.substring(1, step.length() - 1);
                labels.put(name, decoded(name, segments.get(i)));
            }
        }
        return labels;
    }

    private static String decoded(String name, String raw) {
        String text = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (text.indexOf('/') >= 0 && !name.equals("resourceArn")) {
            throw AwsError.VALIDATION.because(name + " must be a name without slashes.");
        }
        return text;
    }
}
