package io.vedette.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class AuditLogTest {
    private static final String PROJECTS = "/2020-11-20/projects";

    private final SignedCalls root = SignedCalls.ofRoot();
    private final String name = "p" + UUID.randomUUID();
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        Logger.getLogger("vedette.audit").addHandler(lines);
    }

    @AfterEach
    void leave() {
        Logger.getLogger("vedette.audit").removeHandler(lines);
    }

    @Test
    void aCallThatChangesSomethingIsOneLine() {
        // When
        Answer answer = root.call(
                "POST",
                PROJECTS,
                Map.of("Content-Type", "application/json", "X-Amzn-Client-Token", "t-1", "User-Agent", "test/1"),
                "{\"ProjectName\":\"" + name + "\"}");
        // Then
        JsonNode line = line(answer);
        assertThat(line.get("eventName").textValue()).isEqualTo("CreateProject");
        assertThat(line.get("eventSource").textValue()).isEqualTo("lookoutvision.amazonaws.com");
        assertThat(line.get("eventTime").textValue()).endsWith("Z");
        assertThat(line.get("awsRegion").textValue()).isEqualTo("us-east-1");
        assertThat(line.get("sourceIPAddress").textValue()).isEqualTo("127.0.0.1");
        assertThat(line.get("userAgent").textValue()).isEqualTo("test/1");
        assertThat(line.at("/userIdentity/type").textValue()).isEqualTo("Root");
        assertThat(line.at("/userIdentity/accessKeyId").textValue()).isEqualTo("AKIATEST");
        assertThat(line.at("/userIdentity/accountId").textValue()).isEqualTo("000000000001");
        assertThat(line.at("/requestParameters/projectName").textValue()).isEqualTo(name);
        assertThat(line.at("/requestParameters/clientToken").textValue()).isEqualTo("t-1");
        assertThat(line.at("/responseElements/projectMetadata/projectName").textValue())
                .isEqualTo(name);
        assertThat(line.has("errorCode")).isFalse();
    }

    @Test
    void aRefusedCallIsALineWithItsError() {
        Answer answer = root.post(PROJECTS, "{\"ProjectName\":\"-\"}");
        assertThat(line(answer).get("errorCode").textValue()).isEqualTo("ValidationException");
        assertThat(line(answer).get("responseElements").isNull()).isTrue();
        Answer denied = reader().post(PROJECTS, "{\"ProjectName\":\"" + name + "\"}");
        assertThat(line(denied).get("errorCode").textValue()).isEqualTo("AccessDeniedException");
        assertThat(line(denied).at("/userIdentity/arn").textValue()).isEqualTo("arn:aws:iam::000000000001:user/reader");
    }

    @Test
    void secretsAndReadsAreNotInIt() {
        // When
        Answer made = root.post(
                "/vedette/v1/access-keys",
                "{\"Name\":\"x\",\"DurationSeconds\":900,\"Policies\":[\"AdministratorAccess\"]}");
        Answer read = root.get(PROJECTS);
        // Then
        JsonNode line = line(made);
        assertThat(line.get("eventSource").textValue()).isEqualTo("vedette.amazonaws.com");
        assertThat(line.at("/responseElements/secretAccessKey").textValue()).isEqualTo(AuditedFields.HIDDEN);
        assertThat(line.toString())
                .doesNotContain(made.json().get("SecretAccessKey").textValue())
                .doesNotContain(made.json().get("SessionToken").textValue());
        assertThat(lines.texts).noneMatch(text -> text.contains(read.headers().get("x-amzn-requestid")));
    }

    @Test
    void whatIsLongIsCut() {
        String entries = PROJECTS + "/" + name + "/datasets/train/entries";
        Answer answer = root.call(
                "PATCH",
                entries,
                Map.of("Content-Type", "application/json"),
                "{\"Changes\":\"" + "QUJD".repeat(50_000) + "\"}");
        JsonNode line = line(answer);
        assertThat(line.at("/requestParameters/changes").textValue())
                .hasSizeLessThan(200)
                .contains("200000");
        assertThat(line.at("/requestParameters/datasetType").textValue()).isEqualTo("train");
    }

    private JsonNode line(Answer answer) {
        String id = answer.headers().get("x-amzn-requestid");
        await().until(() ->
                lines.texts.stream().filter(text -> text.contains(id)).count() == 1);
        try {
            return new ObjectMapper()
                    .readTree(lines.texts.stream()
                            .filter(text -> text.contains(id))
                            .findFirst()
                            .orElseThrow());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private SignedCalls reader() {
        JsonNode made = root.post(
                        "/vedette/v1/access-keys",
                        "{\"Name\":\"reader\",\"Policies\":[\"AmazonLookoutVisionReadOnlyAccess\"]}")
                .json();
        return new SignedCalls(
                made.at("/AccessKey/AccessKeyId").textValue(),
                made.get("SecretAccessKey").textValue(),
                "us-east-1");
    }

    private static final class Lines extends Handler {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            texts.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
