package io.vedette.api.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class PackagingResourceTest {
    private final SignedCalls calls = SignedCalls.ofRoot();
    private final String project = "p" + UUID.randomUUID();
    private final String jobs = "/2020-11-20/projects/" + project + "/modelpackagingjobs";

    @Test
    @Tag("LV-222")
    void thereAreNoJobsAndNoneCanBeStarted() {
        assertThat(calls.get(jobs).json().get("ResourceType").textValue()).isEqualTo("PROJECT");
        calls.post("/2020-11-20/projects", "{\"ProjectName\":\"" + project + "\"}");
        assertThat(calls.get(jobs).body()).isEqualTo("{\"ModelPackagingJobs\":[]}");
        Answer started = calls.post(jobs, "{}");
        assertThat(started.error()).isEqualTo("ValidationException");
        assertThat(started.json().get("Message").textValue())
                .isEqualTo("Model packaging jobs are not supported by this version of the service.");
        Answer missing = calls.get(jobs + "/some-job");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().get("ResourceType").textValue()).isEqualTo("MODEL_PACKAGE_JOB");
        assertThat(missing.json().get("ResourceId").textValue()).isEqualTo("some-job");
    }
}
