package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.vedette.standalone.TrainedModels.Trained;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.CreateModelResponse;
import software.amazon.awssdk.services.lookoutvision.model.ListModelsResponse;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.lookoutvision.model.OutputS3Object;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

@StackTest
class ModelsTest {
    private static final String IN_TRAINING = "The model is being trained.";

    @Test
    @Tag("LV-123")
    @Tag("LV-124")
    @Tag("LV-125")
    void anAcceptedModelIsInTrainingWithTheFirstVersion(TrainedModels trained) {
        ModelMetadata asked = trained.single().asked();
        assertThat(asked.status()).isEqualTo(ModelStatus.TRAINING);
        assertThat(asked.statusMessage()).isEqualTo(IN_TRAINING);
        assertThat(asked.modelVersion()).isEqualTo("1");
        assertThat(asked.modelArn())
                .isEqualTo("arn:aws:lookoutvision:us-east-1:000000000001:model/"
                        + trained.single().workshop().project() + "/1");
        assertThat(asked.description()).isEqualTo("first-try_1.0");
        assertThat(asked.performance()).isNull();
    }

    @Test
    @Tag("LV-141")
    void aModelInTrainingHasAnOutputButNothingOfAnEvaluation(TrainedModels trained) {
        ModelDescription model = trained.single().inTraining();
        assertThat(model.status()).isEqualTo(ModelStatus.TRAINING);
        assertThat(model.statusMessage()).startsWith(IN_TRAINING + " ");
        assertThat(model.outputConfig().s3Location().bucket())
                .isEqualTo(trained.single().workshop().bucket());
        assertThat(model.outputConfig().s3Location().prefix()).isEqualTo(TrainedModels.PREFIX);
        assertThat(model.performance()).isNull();
        assertThat(model.evaluationManifest()).isNull();
        assertThat(model.evaluationResult()).isNull();
        assertThat(model.evaluationEndTimestamp()).isNull();
    }

    @Test
    @Tag("LV-133")
    @Tag("LV-134")
    @Tag("LV-135")
    @Tag("LV-142")
    @Tag("LV-145")
    void aTrainedModelSaysSoWithItsPerformance(TrainedModels trained) {
        for (Trained each : List.of(trained.single(), trained.separate())) {
            ModelDescription model = each.model();
            assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
            assertThat(model.statusMessage()).startsWith("Training completed successfully.");
            assertThat(List.of(
                            model.performance().f1Score(),
                            model.performance().precision(),
                            model.performance().recall()))
                    .allMatch(value -> value >= 0 && value <= 1);
            assertThat(model.evaluationEndTimestamp()).isAfter(model.creationTimestamp());
        }
        assertThat(trained.single().model().performance().f1Score()).isGreaterThan(0.5f);
    }

    @Test
    @Tag("LV-143")
    @Tag("LV-144")
    void evaluationFilesLieWhereTheModelSays(TrainedModels trained) {
        Trained single = trained.single();
        OutputS3Object result = single.model().evaluationResult();
        OutputS3Object manifest = single.model().evaluationManifest();
        String name = single.workshop().project() + "-1.json";
        assertThat(result.key()).isEqualTo("k_fold_EvaluationResult-" + name);
        assertThat(manifest.key()).isEqualTo("k_fold_EvaluationManifest-" + name);
        for (OutputS3Object file : List.of(result, manifest)) {
            assertThat(file.bucket()).isEqualTo(single.workshop().bucket());
            assertThat(single.workshop().read(file.bucket(), file.key())).startsWith("{");
        }
    }

    @Test
    @Tag("LV-127")
    void withoutAPrefixTheFilesLieAtTheTopAndThePrefixIsEmpty(TrainedModels trained) {
        Trained separate = trained.separate();
        assertThat(separate.model().outputConfig().s3Location().prefix()).isEmpty();
        assertThat(separate.model().evaluationResult().key())
                .isEqualTo("EvaluationResult-" + separate.workshop().project() + "-1.json");
        // an empty prefix is as good as none, here for the refusal that comes after it
        Workshop workshop = separate.workshop();
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> workshop.askForModel(request -> request.outputConfig(output -> output.s3Location(
                        location -> location.bucket("no-such-bucket-here").prefix("")))))
                .withMessageContaining("no-such-bucket-here does not exist");
    }

    @Test
    @Tag("LV-146")
    void theKeyIsEchoedWhereOneWasGiven(TrainedModels trained) {
        assertThat(trained.single().model().kmsKeyId()).isEqualTo(TrainedModels.KMS_KEY);
        assertThat(trained.single().inTraining().kmsKeyId()).isEqualTo(TrainedModels.KMS_KEY);
        assertThat(trained.separate().model().kmsKeyId()).isNull();
    }

    @Test
    @Tag("LV-126")
    @Tag("LV-128")
    @Tag("LV-129")
    void whatCannotBeAModelIsRefused(Customer customer) {
        Workshop workshop = readyToTrain(customer);
        refused(() -> workshop.askForModel(request -> request.outputConfig(output -> {})));
        refused(() -> customer.vision().createModel(request -> request.projectName(workshop.project())));
        refused(() -> workshop.askForModel(
                request -> request.outputConfig(output -> output.s3Location(location -> location.prefix("x")))));
        refused(() -> workshop.askForModel(request -> request.outputConfig(output ->
                output.s3Location(location -> location.bucket(workshop.bucket()).prefix("/x")))));
        refused(() -> workshop.askForModel(request -> request.description("with a space")));
        assertThat(workshop.models()).isEmpty();
    }

    @Test
    @Tag("LV-132")
    @Tag("LV-093")
    void withoutATrainingDataSetThereIsAConflict(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        assertConflict(workshop, ResourceType.DATASET);
        workshop.dataset("train", Lines.many("images", "normal", 0, 20));
        workshop.deleteDataset("train");
        assertConflict(workshop, ResourceType.DATASET);
    }

    @Test
    @Tag("LV-133")
    void tooFewLabelledImagesAreRefused(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        List<String> lines = Stream.concat(
                        Lines.many("images", "normal", 0, 19).stream(), Lines.many("images", "anomaly", 0, 10).stream())
                .toList();
        workshop.dataset("train", lines);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(workshop::askForModel)
                .withMessageContaining("at least 20 normal and 10 anomalous")
                .withMessageContaining("19 normal and 10 anomalous");
    }

    @Test
    @Tag("LV-148")
    void aVersionIsANumberFromOneUp(TrainedModels trained) {
        Workshop workshop = trained.single().workshop();
        for (String version : List.of("0", "abc", "-1", "01", "Latest")) {
            refused(() -> workshop.model(version));
        }
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> workshop.model("99"))
                .satisfies(missing -> {
                    assertThat(missing.resourceType()).isEqualTo(ResourceType.MODEL);
                    assertThat(missing.resourceId()).isEqualTo(workshop.project() + "/99");
                });
    }

    @Test
    @Tag("LV-150")
    void aProjectWithoutModelsListsNone(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        ListModelsResponse none = customer.vision().listModels(request -> request.projectName(workshop.project()));
        assertThat(none.hasModels()).isTrue();
        assertThat(none.models()).isEmpty();
        assertThat(none.nextToken()).isNull();
    }

    @Test
    @Tag("LV-026")
    @Tag("LV-027")
    @Tag("LV-028")
    @Tag("LV-140")
    @Tag("LV-147")
    @Tag("LV-149")
    void tokensMakeVersionsAndTheNewestComesFirst(Customer customer) {
        // Given
        Workshop workshop = readyToTrain(customer);
        CreateModelResponse first = model(workshop, "token-1", "a/");
        // When
        CreateModelResponse again = model(workshop, "token-1", "a/");
        CreateModelResponse second = model(workshop, "token-2", "a/");
        // Then
        assertThat(again.modelMetadata()).isEqualTo(first.modelMetadata());
        assertThat(again.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(second.modelMetadata().modelVersion()).isEqualTo("2");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> model(workshop, "token-1", "b/"));
        assertThat(workshop.models()).extracting(ModelMetadata::modelVersion).containsExactly("2", "1");
        assertThat(workshop.model("latest").modelVersion()).isEqualTo("2");
        for (String version : List.of("1", "2")) {
            assertThat(workshop.trained(version).status()).isEqualTo(ModelStatus.TRAINED);
        }
        assertThat(workshop.models())
                .allSatisfy(listed -> assertThat(listed.performance().f1Score())
                        .isCloseTo(
                                workshop.model(listed.modelVersion())
                                        .performance()
                                        .f1Score(),
                                within(1e-6f)));
    }

    private static CreateModelResponse model(Workshop workshop, String token, String prefix) {
        return workshop.customer()
                .vision()
                .createModel(request -> request.projectName(workshop.project())
                        .clientToken(token)
                        .outputConfig(output -> output.s3Location(
                                location -> location.bucket(workshop.bucket()).prefix(prefix))));
    }

    /** With as few photographs as a training needs. */
    private static Workshop readyToTrain(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("train", 10, 0));
        workshop.dataset("test", workshop.photographs("test", 1, 1));
        return workshop;
    }

    private static void assertConflict(Workshop workshop, ResourceType type) {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(workshop::askForModel)
                .satisfies(conflict -> assertThat(conflict.resourceType()).isEqualTo(type));
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(call);
    }
}
