package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import io.vedette.api.VersionedStore;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@QuarkusTestResource(value = VersionedStore.class, restrictToAnnotatedClass = true)
class VersionedManifestTest {
    private final SignedCalls calls = SignedCalls.ofRoot();
    private final String project = "p" + UUID.randomUUID();
    private final String datasets = "/2020-11-20/projects/" + project + "/datasets";

    @BeforeEach
    void aProjectAndTwoVersionsOfItsManifest() {
        calls.post("/2020-11-20/projects", "{\"ProjectName\":\"" + project + "\"}");
        VersionedStore.put("/manifests/" + project, "{\"source-ref\":\"s3://images/1\"}\n");
        VersionedStore.put(
                "/manifests/" + project, "{\"source-ref\":\"s3://images/1\"}\n{\"source-ref\":\"s3://images/2\"}\n");
    }

    @Test
    @Tag("LV-070")
    void theVersionThatIsNamedIsImported() {
        assertThat(create("v1").status()).isEqualTo(202);
        assertThat(images()).isEqualTo(1);
    }

    @Test
    @Tag("LV-070")
    void withoutAVersionThePresentOneIsImported() {
        assertThat(create(null).status()).isEqualTo(202);
        assertThat(images()).isEqualTo(2);
    }

    @Test
    void aVersionThatIsNotThereIsRefusedAtOnce() {
        Answer refused = create("v3");
        assertThat(refused.error()).isEqualTo("ValidationException");
        assertThat(refused.json().get("Message").textValue())
                .isEqualTo("DatasetSource.GroundTruthManifest.S3Object.VersionId: version v3 of s3://manifests/"
                        + project + " does not exist.");
        assertThat(calls.get(datasets + "/train").status()).isEqualTo(404);
    }

    private Answer create(String version) {
        String object = "\"Bucket\":\"manifests\",\"Key\":\"" + project + "\""
                + (version == null ? "" : ",\"VersionId\":\"" + version + "\"");
        return calls.post(
                datasets,
                "{\"DatasetType\":\"train\",\"DatasetSource\":{\"GroundTruthManifest\":{\"S3Object\":{" + object
                        + "}}}}");
    }

    private int images() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> calls.get(datasets + "/train").body().contains("\"CREATE_COMPLETE\""));
        return calls.get(datasets + "/train")
                .json()
                .at("/DatasetDescription/ImageStats/Total")
                .intValue();
    }
}
