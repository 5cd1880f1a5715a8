package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelHostingStatus;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** The programs that people have, from their first call to their last: the same calls in the same order (specification §12). */
@StackTest
class FlowsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final byte[] ANOMALOUS = Photographs.png(91, true);

    @Test
    @Tag("LV-226")
    @Tag("LV-229")
    void theNotebooksFlow(Customer customer) {
        // create, two data sets, train
        Workshop workshop = Workshop.open(customer);
        LookoutVisionClient vision = customer.vision();
        workshop.ask("train", workshop.photographs("train", 12, 6));
        // As the Java samples do: without looking whether they are there.
        assertThat(workshop.describe("train").imageStats().total()).isNotNull();
        assertThat(workshop.describe("train").imageStats().anomaly()).isNotNull();
        assertThat(workshop.settled("train").statusAsString()).isEqualTo("CREATE_COMPLETE");
        workshop.dataset("test", workshop.photographs("test", 4, 4));
        assertThat(vision.describeProject(request -> request.projectName(workshop.project()))
                        .projectDescription()
                        .datasets())
                .hasSize(2);
        String version = workshop.askForModel().modelVersion();
        ModelDescription trained = workshop.trained(version);
        assertThat(trained.status()).as(trained.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        assertThat(trained.evaluationEndTimestamp()).isNotNull();
        assertThat(trained.performance().f1Score()).isBetween(0f, 1f);
        assertThat(trained.outputConfig().s3Location().prefix()).isEmpty();
        // start, detect, stop
        assertThat(start(workshop, version)).isEqualTo(ModelHostingStatus.STARTING_HOSTING);
        until(workshop, version, ModelStatus.HOSTED);
        assertThat(detect(workshop, version).source().type()).isEqualTo("direct");
        assertThat(stop(workshop, version)).isEqualTo(ModelHostingStatus.STOPPING_HOSTING);
        until(workshop, version, ModelStatus.TRAINED);
        // tidy up
        workshop.deleteModel(version);
        workshop.deleteDataset("train");
        workshop.deleteDataset("test");
        vision.deleteProject(request -> request.projectName(workshop.project()));
        assertThatThrownBy(() -> vision.describeProject(request -> request.projectName(workshop.project())))
                .hasMessageContaining("does not exist");
    }

    @Test
    @Tag("LV-227")
    @Tag("LV-230")
    void thePythonPackagesFlowAndTheCommandLines(Customer customer) {
        // create_project: it looks first, and knows from the exception's text that there is none
        LookoutVisionClient vision = customer.vision();
        Workshop workshop = new Workshop(customer, customer.project());
        assertThatThrownBy(() -> vision.describeProject(request -> request.projectName(workshop.project())))
                .isInstanceOfSatisfying(
                        LookoutVisionException.class,
                        missing -> assertThat(missing.awsErrorDetails().errorCode())
                                .isEqualTo("ResourceNotFoundException"));
        assertThat(workshop.createProject().projectArn()).endsWith(":project/" + workshop.project());
        // create_datasets, with manifests whose attribute is auto-label and 1 stands for normal
        workshop.dataset("train", auto(workshop.photographs("train", 12, 6)));
        workshop.dataset("test", auto(workshop.photographs("test", 4, 4)));
        assertThat(workshop.describe("train").imageStats()).isEqualTo(Workshop.stats(18, 12, 6));
        // fit
        assertThat(workshop.askForModel().status()).isEqualTo(ModelStatus.TRAINING);
        assertThat(workshop.trained("1").status()).isEqualTo(ModelStatus.TRAINED);
        assertThat(workshop.models()).singleElement().matches(model -> model.status() == ModelStatus.TRAINED);
        // deploy, predict, stop_model; the command line's start-model, detect-anomalies --body FILE and stop-model
        start(workshop, "1");
        until(workshop, "1", ModelStatus.HOSTED);
        assertThat(detect(workshop, "1").confidence()).isBetween(0f, 1f);
        stop(workshop, "1");
        until(workshop, "1", ModelStatus.TRAINED);
        // list-dataset-entries --page-size 7: the command line asks until there is no token
        assertThat(vision.listDatasetEntriesPaginator(request -> request.projectName(workshop.project())
                                .datasetType("train")
                                .maxResults(7))
                        .datasetEntries())
                .hasSize(18)
                .doesNotHaveDuplicates();
    }

    private static List<String> auto(List<String> lines) {
        List<String> auto = new ArrayList<>();
        for (String line : lines) {
            String swapped = line.contains("\"anomaly-label\":1")
                    ? line.replace("\"anomaly-label\":1", "\"anomaly-label\":0")
                    : line.replace("\"anomaly-label\":0", "\"anomaly-label\":1");
            auto.add(swapped.replace("anomaly-label", "auto-label"));
        }
        return auto;
    }

    private static ModelHostingStatus start(Workshop workshop, String version) {
        return workshop.customer()
                .vision()
                .startModel(request -> request.projectName(workshop.project())
                        .modelVersion(version)
                        .minInferenceUnits(1))
                .status();
    }

    private static ModelHostingStatus stop(Workshop workshop, String version) {
        return workshop.customer()
                .vision()
                .stopModel(request -> request.projectName(workshop.project()).modelVersion(version))
                .status();
    }

    private static DetectAnomalyResult detect(Workshop workshop, String version) {
        return workshop.customer()
                .vision()
                .detectAnomalies(
                        request -> request.projectName(workshop.project())
                                .modelVersion(version)
                                .contentType("image/png"),
                        RequestBody.fromBytes(ANOMALOUS))
                .detectAnomalyResult();
    }

    private static void until(Workshop workshop, String version, ModelStatus wanted) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> workshop.model(version).status() == wanted);
    }
}
