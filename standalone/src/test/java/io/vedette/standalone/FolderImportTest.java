package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.customer.Extensions.Answer;
import io.vedette.standalone.stack.StackLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What becomes of the manifest that a folder import makes, where the import cannot begin. */
@StackTest
class FolderImportTest {
    @Test
    void aRefusedImportLeavesNoManifestBehind(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.put("normal/a.png", new byte[1]);
        workshop.createEmptyDataset("train");
        workshop.dataset("test", Lines.many(workshop.bucket(), "normal", 0, 1));
        // When: into a project that is not there
        Answer refused = importFolder(customer, "nowhere-" + workshop.project());
        // Then
        assertThat(refused.status()).isEqualTo(404);
        assertThat(manifests(customer)).isEmpty();
    }

    @Test
    void aFailureThatMayHaveComeAfterTheCommitLeavesTheManifestToItsImport(Customer customer, StackLayout stack) {
        // Given: a database that fails where the import is written down
        Workshop workshop = Workshop.open(customer);
        workshop.put("normal/a.png", new byte[1]);
        Database database = new Database(stack);
        database.execute("create function broken() returns trigger language plpgsql as"
                + " $$ begin raise exception 'out of order'; end $$");
        database.execute(
                "create trigger broken before insert on dataset_import for each row execute function broken()");
        try {
            // When
            Answer failed = importFolder(customer, workshop.project());
            // Then
            assertThat(failed.status()).isEqualTo(500);
            assertThat(manifests(customer)).hasSize(1);
        } finally {
            database.execute("drop trigger broken on dataset_import");
            database.execute("drop function broken()");
        }
        assertThat(importFolder(customer, workshop.project()).status()).isEqualTo(202);
        assertThat(workshop.settled("train").imageStats()).isEqualTo(Workshop.stats(1, 1, 0));
    }

    private static Answer importFolder(Customer customer, String project) {
        try (Extensions http = new Extensions(customer.vision())) {
            return http.send(
                    SdkHttpMethod.POST,
                    "/vedette/v1/projects/" + project + "/datasets/train/folder-imports",
                    Map.of(),
                    "application/json",
                    ("{\"Bucket\":\"" + customer.bucket() + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Those in the service's own bucket that speak of this customer's images. */
    private static List<String> manifests(Customer customer) {
        return customer
                .s3()
                .listObjectsV2Paginator(request -> request.bucket("vedette").prefix("imports/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> customer.s3()
                        .getObjectAsBytes(request -> request.bucket("vedette").key(key))
                        .asUtf8String()
                        .contains("s3://" + customer.bucket() + "/"))
                .toList();
    }
}
