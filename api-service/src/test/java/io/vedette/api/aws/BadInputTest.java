package io.vedette.api.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import io.vedette.api.aws.BadInputCalls.Call;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input at every operation, through raw HTTP and with right signatures: nothing is answered with a fault of ours,
 * and every answer is an error that the service's model lists, or one of the front door's.
 */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class BadInputTest {
    private static final String PROJECTS = "/2020-11-20/projects";
    private static final String LONG = "x".repeat(3000);

    // Names that no operation may take for one, as they go into a path.
    private static final List<String> BAD_NAMES =
            List.of("-a", "_a", "a%20b", "a%2Fb", "%C3%A4", "%ff", "%2e%2e", ".", "%00", "a%0Ab", LONG, "a;b=c", "a+b");
    private static final List<String> BAD_BODIES = List.of(
            "",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{",
            "{}}",
            "{\"a\":",
            "\u0000",
            "{\"ProjectName\":\"a\"} trailing",
            "<xml/>",
            "ProjectName=a",
            "{'ProjectName':'a'}",
            "[".repeat(2000),
            "{\"a\":".repeat(2000));
    // Taken for the values of each member in turn.
    private static final List<String> BAD_VALUES = List.of(
            "null",
            "7",
            "-1",
            "1e999",
            "true",
            "[]",
            "{}",
            "[[]]",
            "\"\"",
            "\" \"",
            "\"a b!\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"" + LONG + "\"",
            "99999999999999999999",
            "{\"S3Location\":7}",
            "{\"S3Location\":{\"Bucket\":7}}",
            "{\"GroundTruthManifest\":{\"S3Object\":{\"Bucket\":\"b\"}}}",
            "[{\"Key\":7,\"Value\":\"v\"}]",
            "[{\"Key\":\"k\"}]",
            "[null]",
            "\"////\"",
            "\"not base64 !\"");
    private static final List<String> BAD_QUERIES = List.of(
            "maxResults=0",
            "maxResults=101",
            "maxResults=many",
            "maxResults=",
            "maxResults=1&maxResults=2",
            "nextToken=garbage",
            "nextToken=%2B%2F%3D",
            "nextToken=" + LONG,
            "nextToken=%00",
            "nextToken=%zz",
            "labeled=maybe",
            "anomalyClass=other",
            "createdBefore=yesterday",
            "createdAfter=2026-99-99T00%3A00%3A00Z",
            "sourceRefContains=%20",
            "sourceRefContains=" + LONG,
            "unknown=1",
            "%",
            "=",
            "&&&",
            "tagKeys=");

    static Stream<Call> operations() {
        return Call.all();
    }

    private final SignedCalls root = SignedCalls.ofRoot();
    private final String unknown = "p" + UUID.randomUUID();

    @ParameterizedTest
    @MethodSource("operations")
    void badNames(Call call) {
        for (String bad : BAD_NAMES) {
            for (Map.Entry<String, String> label : labels().entrySet()) {
                if (call.path().contains(label.getKey())) {
                    String path = filled(call.path().replace(label.getKey(), bad));
                    refused(call, send(call, path, good(call)), path);
                }
            }
        }
    }

    @ParameterizedTest
    @Tag("LV-019")
    @MethodSource("operations")
    void badBodies(Call call) {
        for (String body : BAD_BODIES) {
            // An operation that takes no body does not read it: DescribeProject and its like find nothing.
            Answer answer = send(call, filled(call.path()), body);
            if (call.operation().equals("ListProjects")) {
                assertThat(answer.status()).isLessThan(500);
            } else {
                refused(call, answer, body);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void badMembers(Call call) {
        for (String member : call.members()) {
            for (String value : BAD_VALUES) {
                Map<String, String> members = new LinkedHashMap<>();
                // Too short for a bucket: here is no S3 that could be asked for one.
                call.members().forEach(each -> members.put(each, "\"go\""));
                members.put(member, value);
                StringBuilder body = new StringBuilder("{\"Unknown\":{\"a\":[1]}");
                members.forEach((name, text) -> body.append(",\"" + name + "\":" + text));
                notOurFault(
                        call, send(call, filled(call.path()), body.append('}').toString()), member + "=" + value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void badQueries(Call call) {
        for (String query : BAD_QUERIES) {
            String target = filled(call.path()) + "?" + query;
            notOurFault(call, send(call, target, good(call)), query);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void badHeaders(Call call) {
        String path = filled(call.path());
        String body = good(call);
        for (String type : List.of(
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "/",
                "application/json; charset=utf-16",
                "application/xml",
                "x".repeat(500),
                "image/gif")) {
            Map<String, String> headers = Map.of("Content-Type", type, "X-Amzn-Client-Token", "t" + UUID.randomUUID());
            notOurFault(call, root.call(call.method(), path, headers, body), "Content-Type: " + type);
        }
        for (String token : List.of("", " ", "a b", "a_b", "ü", "x".repeat(65), LONG)) {
            notOurFault(
                    call, root.call(call.method(), path, Map.of("X-Amzn-Client-Token", token), body), "token " + token);
        }
        Map<String, String> chunked = new HashMap<>(root.signed(call.method(), path, Map.of(), body));
        chunked.keySet().removeIf("Content-Length"::equalsIgnoreCase);
        chunked.put("Transfer-Encoding", "chunked");
        refused(call, SignedCalls.send(call.method(), path, chunked, "2\r\n{}\r\n0\r\n\r\n"), "chunked");
        Map<String, String> huge = new HashMap<>(root.signed(call.method(), path, Map.of(), ""));
        huge.put("Content-Length", "9999999999");
        refused(call, SignedCalls.send(call.method(), path, huge, ""), "huge");
    }

    @ParameterizedTest
    @Tag("LV-020")
    @MethodSource("operations")
    void oddMethodsAndPaths(Call call) {
        String path = filled(call.path());
        for (String method : List.of("PUT", "HEAD", "OPTIONS", "TRACE", "CONNECT", "LINK", "get")) {
            if (!method.equals(call.method())) {
                Map<String, String> headers = root.signed(call.method(), path, Map.of(), "");
                if (!method.equals("HEAD")) {
                    notOurFault(call, SignedCalls.send(method, path, headers, ""), method);
                }
            }
        }
        for (String odd : List.of(
                path + "/",
                "/" + path,
                path.replaceFirst("/", "//"),
                path + "/..",
                path + "/%2e%2e/x",
                path + "%00",
                path + "/%2e",
                path.replace("/2020-11-20", "/2020-11-20/."),
                path + ";a=b",
                path + "%2F",
                path.toUpperCase(Locale.ROOT),
                path + "#a",
                path + "\\x",
                path + "/" + LONG)) {
            Map<String, String> headers = root.signed(call.method(), path, Map.of(), "");
            notOurFault(call, SignedCalls.send(call.method(), odd, headers, ""), odd);
        }
    }

    private Answer send(Call call, String target, String body) {
        // A target that java.net.URI does not take is signed as another: it is to be refused before that.
        Map<String, String> headers = Map.of("Content-Type", "application/json");
        try {
            return root.call(call.method(), target, headers, body);
        } catch (IllegalArgumentException noUri) {
            return SignedCalls.send(
                    call.method(), target, root.signed(call.method(), "/2020-11-20/projects", headers, body), body);
        }
    }

    private void refused(Call call, Answer answer, String why) {
        notOurFault(call, answer, why);
        assertThat(answer.status()).as("%s with %s", call, shortened(why)).isBetween(400, 499);
        assertThat(answer.json().get("Message").textValue()).isNotBlank();
    }

    private void notOurFault(Call call, Answer answer, String why) {
        assertThat(answer.status())
                .as("%s with %s: %s", call, shortened(why), answer.body())
                .isLessThan(500);
        if (answer.status() >= 300 && answer.error() != null) {
            assertThat(Stream.of(AwsError.values()).map(AwsError::wireName)).contains(answer.error());
            assertThat(answer.body())
                    .doesNotContain("Exception:")
                    .doesNotContain("\tat ")
                    .doesNotContain("io.vedette");
        }
    }

    private static String shortened(String text) {
        return text.length() < 100 ? text : text.substring(0, 100) + "…";
    }

    private static String good(Call call) {
        return call.members().isEmpty() ? "" : "{}";
    }

    private String filled(String path) {
        String filled = path;
        for (Map.Entry<String, String> label : labels().entrySet()) {
            filled = filled.replace(label.getKey(), label.getValue());
        }
        return filled;
    }

    private Map<String, String> labels() {
        return Map.of("{name}", unknown, "{type}", "train", "{version}", "1");
    }
}
