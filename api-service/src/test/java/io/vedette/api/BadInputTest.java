package io.vedette.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.SignedCalls.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be is refused by every operation as what it is: a ValidationException that names the member. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class BadInputTest {
    private static final String P = "/2020-11-20/projects";
    private static final String HERE = P + "/bad-input";
    private static final String DATASETS = HERE + "/datasets";
    private static final String ENTRIES = DATASETS + "/train/entries";
    private static final String MODELS = HERE + "/models";
    private static final String TAGS =
            "/2020-11-20/tags/arn%3Aaws%3Alookoutvision%3Aus-east-1%3A000000000001%3Amodel%2Fbad-input%2F1";
    private static final SignedCalls CALLS = SignedCalls.ofRoot();

    private static final String[] NO_TEXTS = {"7", "true", "1.5", "{}", "[\"a\"]"};
    private static final String[] NO_OBJECTS = {"7", "true", "\"a\"", "[]", "[{}]"};
    private static final String[] NO_BUCKETS = {"null", "\"\"", "\"ab\"", text(64), "\"a/b\"", "\"a b\"", "\"ä-bucket\""
    };

    @BeforeAll
    static void aProject() {
        CALLS.post(P, "{\"ProjectName\":\"bad-input\"}");
        CALLS.post(DATASETS, "{\"DatasetType\":\"train\"}");
    }

    static Stream<Arguments> members() {
        return Stream.of(
                        member("POST", P, "ProjectName", "{\"ProjectName\":%s}", NO_TEXTS),
                        member("POST", P, "ProjectName", "{\"ProjectName\":%s}", "null", "\"\"", "\"-\"", text(256)),
                        member("POST", DATASETS, "DatasetType", "{\"DatasetType\":%s}", NO_TEXTS),
                        member("POST", DATASETS, "DatasetType", "{\"DatasetType\":%s}", "null", "\"\"", "\"TRAIN\""),
                        source("DatasetSource", "%s", NO_OBJECTS),
                        source("GroundTruthManifest", "{\"GroundTruthManifest\":%s}", NO_OBJECTS),
                        source("S3Object", "{\"GroundTruthManifest\":{\"S3Object\":%s}}", NO_OBJECTS),
                        object("Bucket", "{\"Key\":\"k\",\"Bucket\":%s}", NO_TEXTS),
                        object("Bucket", "{\"Key\":\"k\",\"Bucket\":%s}", NO_BUCKETS),
                        object("Key", "{\"Bucket\":\"bucket\",\"Key\":%s}", NO_TEXTS),
                        object("Key", "{\"Bucket\":\"bucket\",\"Key\":%s}", "null", "\"\"", "\"/k\"", text(1025)),
                        object("VersionId", "{\"Bucket\":\"bucket\",\"Key\":\"k\",\"VersionId\":%s}", "7", "\"\""),
                        object("VersionId", "{\"Bucket\":\"bucket\",\"Key\":\"k\",\"VersionId\":%s}", text(1025)),
                        member("PATCH", ENTRIES, "Changes", "{\"Changes\":%s}", "7", "true", "{}", "null", "\"\""),
                        member("PATCH", ENTRIES, "Changes", "{\"Changes\":%s}", "\"?not base64?\""),
                        member("POST", MODELS, "OutputConfig", "{\"OutputConfig\":%s}", NO_OBJECTS),
                        member("POST", MODELS, "S3Location", "{\"OutputConfig\":{\"S3Location\":%s}}", NO_OBJECTS),
                        location("Bucket", "{\"Bucket\":%s}", NO_TEXTS),
                        location("Bucket", "{\"Bucket\":%s}", NO_BUCKETS),
                        location("Prefix", "{\"Bucket\":\"bucket\",\"Prefix\":%s}", "7", "\"/p\"", "\"ä\"", text(1025)),
                        model("Description", NO_TEXTS),
                        model("Description", "\"\"", "\"a b\"", "\"ä\"", text(501)),
                        model("KmsKeyId", NO_TEXTS),
                        model("KmsKeyId", "\"\"", "\"-a\"", "\"a b\"", text(2049)),
                        model("Tags", "7", "\"a\"", "{}", "[7]", "[null]", "[[]]", many(201)),
                        model("Key", tags("{\"Value\":\"v\",\"Key\":%s}", "null", "7", "\"\"", "\"!\"", text(129))),
                        model("Value", tags("{\"Key\":\"k\",\"Value\":%s}", "null", "7", "\"!\"", text(257))),
                        member("POST", TAGS, "Tags", "{\"Tags\":%s}", "null", "7", "\"a\"", "{}", "[null]", many(201)),
                        member("POST", TAGS, "Tags", "{}%s", ""))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("members")
    @Tag("LV-044")
    @Tag("LV-126")
    void aMemberThatCannotBeIsNamed(String method, String target, String member, String body) {
        assertRefused(CALLS.call(method, target, Map.of(), body), member);
    }

    static Stream<Arguments> parameters() {
        String[] names = {"-a", "a.b", "x".repeat(256), "a%2Fb", "%C3%A4", "a%20b"};
        String[] sizes = {"0", "101", "-1", "abc", "99999999999", "1.5"};
        String[] tokens = {"%21", "AAAA", "x".repeat(2049), "-_"};
        return Stream.of(
                        targets("projectName", "GET", P + "/%s", names),
                        targets("projectName", "DELETE", P + "/%s", names),
                        targets("projectName", "GET", P + "/%s/datasets/train", names),
                        targets("projectName", "DELETE", P + "/%s/datasets/train", names),
                        targets("projectName", "GET", P + "/%s/datasets/train/entries", names),
                        targets("projectName", "GET", P + "/%s/models", names),
                        targets("projectName", "GET", P + "/%s/models/1", names),
                        targets("projectName", "DELETE", P + "/%s/models/1", names),
                        targets("projectName", "GET", P + "/%s/modelpackagingjobs", names),
                        targets("datasetType", "GET", DATASETS + "/%s", "x", "TRAIN", "trains"),
                        targets("datasetType", "DELETE", DATASETS + "/%s", "x", "TRAIN", "trains"),
                        targets("modelVersion", "GET", MODELS + "/%s", "0", "-1", "01", "abc", "99999999999"),
                        targets("modelVersion", "DELETE", MODELS + "/%s", "0", "01", "abc", "latest", "99999999999"),
                        targets("maxResults", "GET", P + "?maxResults=%s", sizes),
                        targets("maxResults", "GET", MODELS + "?maxResults=%s", sizes),
                        targets("maxResults", "GET", ENTRIES + "?maxResults=%s", sizes),
                        targets("nextToken", "GET", P + "?nextToken=%s", tokens),
                        targets("nextToken", "GET", MODELS + "?nextToken=%s", tokens),
                        targets("nextToken", "GET", ENTRIES + "?nextToken=%s", tokens),
                        targets("labeled", "GET", ENTRIES + "?labeled=%s", "maybe", "1"),
                        targets("anomalyClass", "GET", ENTRIES + "?anomalyClass=%s", "other", "Normal"),
                        targets("createdBefore", "GET", ENTRIES + "?createdBefore=%s", "yesterday", "2020-01-01"),
                        targets("createdAfter", "GET", ENTRIES + "?createdAfter=%s", "x", "1577836800"),
                        targets("sourceRefContains", "GET", ENTRIES + "?sourceRefContains=%s", "%20"),
                        targets("sourceRefContains", "GET", ENTRIES + "?sourceRefContains=%s", "x".repeat(2049)),
                        targets("resourceArn", "GET", "/2020-11-20/tags/%s", "x", "arn%3Aaws%3As3%3A%3A%3Ax"),
                        targets("resourceArn", "GET", "/2020-11-20/tags/%s", "x".repeat(1012)),
                        targets("tagKeys", "DELETE", TAGS + "?tagKeys=%s", "%21", "x".repeat(129)),
                        targets("tagKeys", "DELETE", TAGS + "?tagKeys=%s", "a&tagKeys=a".repeat(201)))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    @Tag("LV-051")
    @Tag("LV-053")
    @Tag("LV-065")
    @Tag("LV-148")
    @Tag("LV-176")
    void aParameterThatCannotBeIsNamed(String parameter, String method, String target) {
        assertRefused(CALLS.call(method, target, Map.of(), ""), parameter);
    }

    static Stream<Arguments> bodies() {
        return Stream.of("POST " + P, "POST " + DATASETS, "PATCH " + ENTRIES, "POST " + MODELS, "POST " + TAGS)
                .flatMap(operation -> Stream.of(
                                "",
                                "{",
                                "[]",
                                "null",
                                "7",
                                "\"\"",
                                "{}{}",
                                "[".repeat(100_000),
                                "{\"a\":\"\\ud800\"}",
                                "\u0000")
                        .map(body -> Arguments.of(operation, body)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    @Tag("LV-019")
    void aBodyThatIsNoneIsRefused(String operation, String body) {
        String[] call = operation.split(" ");
        assertRefused(CALLS.call(call[0], call[1], Map.of(), body), "");
    }

    private static void assertRefused(Answer answer, String member) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("ValidationException");
        assertThat(answer.json().get("Message").textValue())
                .isNotBlank()
                .contains(member)
                .doesNotContain("io.vedette", "com.fasterxml", "java.");
    }

    private static Stream<Arguments> member(String method, String target, String name, String body, String... values) {
        return Arrays.stream(values).map(value -> Arguments.of(method, target, name, body.formatted(value)));
    }

    private static Stream<Arguments> source(String name, String source, String... values) {
        return member("POST", DATASETS, name, "{\"DatasetType\":\"test\",\"DatasetSource\":" + source + "}", values);
    }

    private static Stream<Arguments> object(String name, String object, String... values) {
        return source(name, "{\"GroundTruthManifest\":{\"S3Object\":" + object + "}}", values);
    }

    private static Stream<Arguments> location(String name, String location, String... values) {
        return member("POST", MODELS, name, "{\"OutputConfig\":{\"S3Location\":" + location + "}}", values);
    }

    /** @param values of the member; of the members of a tag, whole lists of tags */
    private static Stream<Arguments> model(String name, String... values) {
        String member = List.of("Key", "Value").contains(name) ? "Tags" : name;
        return member(
                "POST",
                MODELS,
                name,
                "{\"OutputConfig\":{\"S3Location\":{\"Bucket\":\"bucket\"}},\"" + member + "\":%s}",
                values);
    }

    private static String[] tags(String tag, String... values) {
        return Arrays.stream(values)
                .map(value -> "[" + tag.formatted(value) + "]")
                .toArray(String[]::new);
    }

    private static Stream<Arguments> targets(String parameter, String method, String target, String... values) {
        return Arrays.stream(values).map(value -> Arguments.of(parameter, method, target.replace("%s", value)));
    }

    private static String text(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    private static String many(int tags) {
        return "[" + "{\"Key\":\"k\",\"Value\":\"v\"},".repeat(tags - 1) + "{\"Key\":\"k\",\"Value\":\"v\"}]";
    }
}
