package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a request id one finds what came of the call, in the logs of all services that had to do with it. */
@StackTest
class RequestInLogsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static StackLayout stack;
    private static String arn;

    @BeforeAll
    static void train(StackLayout layout, HostedProject project) {
        stack = layout;
        arn = project.describe(HostedProject.HOSTED).modelArn();
    }

    @Test
    void aCreateModelIsFollowedFromItsRequestIdToTheEvaluation() throws IOException {
        // Given: the audit log's lines are no part of other lines, though these are JSON too
        JsonNode audited = one(
                "api",
                line -> line.path("eventName").asText().equals("CreateModel")
                        && line.at("/responseElements/modelMetadata/modelArn")
                                .asText()
                                .equals(arn));
        String request = audited.path("requestID").asText();
        // When
        JsonNode queued = said("api", "queued model=" + arn);
        JsonNode trained = said("trainer", "finished run=");
        String training = trained.at("/mdc/run").asText();
        JsonNode started = said("api", "started run=" + training);
        JsonNode learned = said("trainer", "trained run=" + training);
        JsonNode settled = said("evaluator", "settled model=");
        JsonNode evaluated = said("evaluator", "finished run=");
        // Then
        assertThat(queued.at("/mdc/requestId").asText()).isEqualTo(request);
        for (JsonNode line : List.of(queued, started, trained, learned, settled, evaluated)) {
            assertThat(line.at("/mdc/traceparent").asText()).as(line.toString()).contains(request.replace("-", ""));
        }
        for (JsonNode line : List.of(started, trained, learned, settled, evaluated)) {
            assertThat(line.at("/mdc/run").asText()).as(line.toString()).hasSize(36);
        }
        String evaluation = evaluated.at("/mdc/run").asText();
        assertThat(settled.path("message").asText()).endsWith("winner=" + evaluation + " status=TRAINED");
        assertThat(said("api", "started run=" + evaluation).at("/mdc/traceparent"))
                .isEqualTo(evaluated.at("/mdc/traceparent"));
    }

    /** The line that begins so and is about the model. */
    private static JsonNode said(String part, String words) throws IOException {
        return one(
                part,
                line -> line.path("message").asText().startsWith(words)
                        && (line.at("/mdc/model").asText().equals(arn) || words.endsWith(arn)));
    }

    private static JsonNode one(String part, Predicate<JsonNode> which) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(stack.home().log(part))) {
            JsonNode read = read(line);
            if (which.test(read)) {
                found.add(read);
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Nothing for a line in whose middle another test has killed the service. */
    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException cut) {
            return JSON.missingNode();
        }
    }
}
