package io.vedette.api.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer has in common, however the request came. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class WireProtocolTest {
    private static final String PROJECTS = "/2020-11-20/projects";

    private final SignedCalls root = SignedCalls.ofRoot();

    @Test
    @Tag("LV-001")
    @Tag("LV-002")
    @Tag("LV-049")
    void everyAnswerHasARequestIdAndIsAJsonObject() {
        Answer answer = new SignedCalls("AKIATEST", "test", "eu-nowhere-1").get(PROJECTS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"Projects\":[]}");
        assertWellFormed(answer);
    }

    @Test
    @Tag("LV-006")
    void whatElseAnSdkSignsVerifies() {
        String body = json(name());
        Map<String, String> further = Map.of(
                "amz-sdk-invocation-id", UUID.randomUUID().toString(),
                "amz-sdk-request", "attempt=1; max=3",
                "Content-Length", Integer.toString(body.length()),
                "X-Amzn-Client-Token", UUID.randomUUID().toString());
        Map<String, String> signed = root.signed("POST", PROJECTS, further, body);
        assertThat(signed.get("Authorization"))
                .contains("amz-sdk-invocation-id", "amz-sdk-request", "content-length", "x-amzn-client-token");
        assertThat(SignedCalls.send("POST", PROJECTS, signed, body).status()).isEqualTo(200);
    }

    @Test
    void targetsOfAnyLengthAreRead() {
        Answer listed = root.get(PROJECTS + "?maxResults=1&x=" + "%41".repeat(20_000));
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        assertThat(root.get(PROJECTS + "/" + "%41".repeat(20_000)).error()).isEqualTo("ValidationException");
        assertThat(root.get("/2020-11-20" + "/a".repeat(30_000)).error()).isEqualTo("UnknownOperationException");
    }

    @Test
    void contentTypeAndBodyMayBeAbsent() {
        Answer answer = root.call("POST", PROJECTS, Map.of(), "");
        assertRefused(answer, 400, "ValidationException", "ProjectName is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"})
    void theContentTypeDoesNotMatter(String type) {
        String name = name();
        Answer answer = root.call("POST", PROJECTS, Map.of("Content-Type", type, "Accept", "text/html"), json(name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertWellFormed(answer);
    }

    @ParameterizedTest
    @Tag("LV-019")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                            | not valid JSON",
                "{\"ProjectName\"             | not valid JSON",
                "{\"ProjectName\":\"a\"} x    | not valid JSON",
                "[]                           | JSON object",
                "\"a\"                        | JSON object",
                "7                            | JSON object",
                "null                         | ProjectName",
                "{}                           | ProjectName",
                "{\"ProjectName\":null}       | ProjectName",
                "{\"ProjectName\":7}          | ProjectName is malformed: a string is expected",
                "{\"ProjectName\":true}       | ProjectName is malformed: a string is expected",
                "{\"ProjectName\":{}}         | ProjectName is malformed: a string is expected",
                "{\"ProjectName\":[\"a\"]}    | ProjectName is malformed: a string is expected",
                "{\"ProjectName\":\"-a\"}     | ProjectName must be",
                "{\"ProjectName\":\"\"}       | ProjectName must be",
                "{\"ProjectName\":\"a\\n\"}   | ProjectName must be",
                "{\"ProjectName\":\"\\u0000\"} | ProjectName must be",
            })
    void aBodyThatIsWrongIsRefusedByName(String body, String why) {
        assertRefused(root.post(PROJECTS, body), 400, "ValidationException", why);
    }

    @Test
    void aBodyNestedTooDeepIsRefused() {
        String deep = "{\"X\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertRefused(root.post(PROJECTS, deep), 400, "ValidationException", "not valid JSON");
    }

    @Test
    @Tag("LV-018")
    void unknownMembersAreIgnored() {
        String name = name();
        String body = "{\"Later\":{\"a\":[1]},\"ProjectName\":\"" + name + "\",\"projectName\":\"other\"}";
        assertThat(root.post(PROJECTS, body).status()).isEqualTo(200);
        assertThat(root.get(PROJECTS + "/" + name).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @Tag("LV-020")
    @CsvSource({
        "GET, /2020-11-20",
        "GET, /2020-11-20/",
        "GET, /2020-11-20/nothing",
        "GET, /2020-11-20/projects/p/nothing",
        "PUT, /2020-11-20/projects",
        "DELETE, /2020-11-20/projects",
        "POST, /2020-11-20/projects/p",
        "HEAD, /2020-11-20/projects",
        "OPTIONS, /2020-11-20/projects",
        "GET, /",
        "GET, /q/health",
        "GET, /favicon.ico",
    })
    void whatIsNoOperationIsUnknown(String method, String target) {
        Answer answer = method.equals("OPTIONS") || method.equals("HEAD")
                ? SignedCalls.send(method, target, Map.of(), "")
                : root.call(method, target, Map.of(), "");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("UnknownOperationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/2020-11-20//projects",
                "//2020-11-20/projects",
                "/2020-11-20/projects/",
                "/2020-11-20/../2020-11-20/projects",
                "/x/../2020-11-20/projects",
                "/2020-11-20/./projects",
                "/2020-11-20/%2e%2e/2020-11-20/projects",
                "/2020-11-20/projects/%2e",
                "/2020-11-20/projects/%00",
                "/2020-11-20/projects/a%0ab",
                "/2020-11-20/projects/%",
                "/2020-11-20/projects/%zz",
                "/2020-11-20/projects/a\\b",
                "/2020-11-20/projects/\u00e4",
                "/2020-11-20;x=1/projects",
                "/2020-11-20/projects/a;b=c",
                "http://127.0.0.1/2020-11-20/projects",
                "*",
                "projects",
            })
    void oddPathsAreNoOperation(String target) {
        Answer answer = SignedCalls.send("GET", target, Map.of(), "");
        assertRefused(answer, 404, "UnknownOperationException", "no such operation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "a%20b", "a%2Fb", "a%2e", "-a", "_", "a:b"})
    void aNameInThePathIsCheckedByName(String name) {
        assertRefused(root.get(PROJECTS + "/" + name), 400, "ValidationException", "projectName must be");
    }

    @ParameterizedTest
    @Tag("LV-051")
    @Tag("LV-053")
    @CsvSource({
        "maxResults=0, maxResults",
        "maxResults=101, maxResults",
        "maxResults=-1, maxResults",
        "maxResults=many, maxResults",
        "maxResults=99999999999, maxResults",
        "nextToken=garbage, nextToken",
        "nextToken=%2B%2F%3D, nextToken",
        "nextToken=-_., nextToken",
    })
    void aParameterThatIsWrongIsRefused(String query, String why) {
        assertRefused(root.get(PROJECTS + "?" + query), 400, "ValidationException", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?nextToken=%zz", "?%", "?nextToken=%00", "?a=\u00e4"})
    void aMalformedQueryIsRefused(String query) {
        assertRefused(SignedCalls.send("GET", PROJECTS + query, Map.of(), ""), 400, "ValidationException", "query");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        Map<String, String> headers =
                Map.of("Content-Length", "99999999999", "Authorization", anyAuthorization(), "x-amz-date", now());
        Answer answer = SignedCalls.send("POST", PROJECTS, headers, "");
        assertRefused(answer, 400, "ValidationException", "too large");
    }

    @Test
    void aBodyOfTenMebibytesInBase64Arrives() {
        String entries = PROJECTS + "/" + name() + "/datasets/train/entries";
        String body = "{\"Changes\":\"" + "A".repeat(13 << 20) + "\"}";
        Answer answer = root.call("PATCH", entries, Map.of("Content-Type", "application/json"), body);
        assertThat(answer.error()).isNotNull();
        assertThat(answer.body()).doesNotContain("request body is too large");
    }

    @Test
    void aBodyThatNobodyReadsDoesNotKeepItsSenderWaiting() {
        String body = "x".repeat(14 << 20);
        assertRefused(root.post(PROJECTS, body), 400, "ValidationException", "too large");
        Answer unsigned = SignedCalls.send("POST", PROJECTS, Map.of(), body.substring(0, 1000));
        assertRefused(unsigned, 403, "MissingAuthenticationTokenException", "Authorization");
    }

    @Test
    void aBodyWithoutALengthIsRefused() {
        Map<String, String> headers = new HashMap<>(root.signed("POST", PROJECTS, Map.of(), "{}"));
        headers.remove("Content-Length");
        headers.put("Transfer-Encoding", "chunked");
        Answer answer = SignedCalls.send("POST", PROJECTS, headers, "2\r\n{}\r\n0\r\n\r\n");
        assertRefused(answer, 400, "ValidationException", "Content-Length");
    }

    @Test
    void anAnswerTellsBrowsersToKeepOut() {
        assertThat(root.get(PROJECTS).headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("cache-control", "no-store")
                .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        assertThat(SignedCalls.send("GET", "/", Map.of(), "").headers())
                .containsEntry("x-content-type-options", "nosniff");
    }

    @Test
    void requestsThatAreNoHttpAreNotAnsweredWithAFaultOfOurs() {
        Answer answer = SignedCalls.send("GET", "/2020-11-20/projects", Map.of("Content-Length", "-5"), "");
        assertThat(answer.status()).isBetween(400, 499);
    }

    private String anyAuthorization() {
        return root.signed("POST", PROJECTS, Map.of(), "")
                .get("Authorization")
                .replaceAll("SignedHeaders=[^,]*", "SignedHeaders=host;x-amz-date");
    }

    private String now() {
        return root.signed("POST", PROJECTS, Map.of(), "").get("X-Amz-Date");
    }

    private static void assertRefused(Answer answer, int status, String error, String why) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().get("Message").textValue()).contains(why);
        assertWellFormed(answer);
    }

    private static void assertWellFormed(Answer answer) {
        assertThat(UUID.fromString(answer.headers().get("x-amzn-requestid"))).isNotNull();
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        assertThat(answer.json().isObject()).isTrue();
        assertThat(answer.json().has("message")).isFalse();
    }

    private static String name() {
        return "p" + UUID.randomUUID();
    }

    private static String json(String name) {
        return "{\"ProjectName\":\"" + name + "\"}";
    }
}
