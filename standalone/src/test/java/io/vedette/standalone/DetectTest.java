package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.Extensions;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;
import software.amazon.awssdk.services.lookoutvision.model.ModelPerformance;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ThrottlingException;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** DetectAnomalies on a classification model (specification §7, LV-179 to LV-202). */
@StackTest
class DetectTest {
    private static final byte[] GOOD = BrushedMetal.png(BrushedMetal.good(7001));
    private static final byte[] STAINED = BrushedMetal.png(BrushedMetal.stained(7002));

    @Test
    @Tag("LV-180")
    @Tag("LV-182")
    @Tag("LV-183")
    @Tag("LV-184")
    void aStainedPngIsAnomalousAndAGoodOneIsNot(HostedProject project) {
        DetectAnomalyResult stained = detect(project, HostedProject.HOSTED, "image/png", STAINED);
        assertThat(stained.isAnomalous()).isTrue();
        assertThat(stained.source().type()).isEqualTo("direct");
        assertThat(stained.confidence()).isBetween(0.5f, 1f);
        assertThat(stained.hasAnomalies()).isFalse();
        assertThat(stained.anomalyMask()).isNull();
        DetectAnomalyResult good = detect(project, HostedProject.HOSTED, "image/png", GOOD);
        assertThat(good.isAnomalous()).isFalse();
        assertThat(good.confidence()).isBetween(0.5f, 1f);
    }

    @Test
    @Tag("LV-179")
    void aJpegIsTakenToo(HostedProject project) {
        byte[] jpeg = BrushedMetal.jpeg(BrushedMetal.stained(7003));
        assertThat(detect(project, HostedProject.HOSTED, "image/jpeg", jpeg).isAnomalous())
                .isTrue();
        // The bytes say what they are, whatever the header says.
        assertThat(detect(project, HostedProject.HOSTED, "image/png", jpeg))
                .isEqualTo(detect(project, HostedProject.HOSTED, "image/jpeg", jpeg));
    }

    @Test
    @Tag("LV-181")
    void anotherContentTypeIsRefusedInAwssWords(HostedProject project) {
        for (String type : List.of("application/json", "image/gif", "image/jpg", "text/plain")) {
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> detect(project, HostedProject.HOSTED, type, GOOD))
                    .satisfies(refusal -> assertThat(refusal.awsErrorDetails().errorMessage())
                            .isEqualTo("content-type must be one of the following. image/jpeg, image/png"));
        }
    }

    @Test
    @Tag("LV-192")
    @Tag("LV-195")
    @Tag("LV-194")
    @Tag("LV-199")
    void whatIsNoPhotographForThisModelIsRefused(HostedProject project) {
        assertThat(refused(project, BrushedMetal.png(BrushedMetal.metal(new Random(1), 160))))
                .isEqualTo(
                        "The image in the request is 160x160 pixels; the model was trained on images of 128x128 pixels.");
        assertThat(refused(project, BrushedMetal.png(BrushedMetal.metal(new Random(1), 63))))
                .contains("63x63")
                .contains("64 to 4096");
        assertThat(refused(project, new byte[(8 << 20) + 1])).contains("8 MB");
        assertThat(refused(project, new byte[0])).contains("no body");
    }

    @Test
    @Tag("LV-193")
    void aCorruptImageIsRefusedAndCounted(HostedProject project, Customer customer) {
        double before = Metrics.of(customer, "api").sum("InvalidImageCount_total", project.name());
        byte[] cut = Arrays.copyOf(STAINED, STAINED.length / 2);
        assertThat(refused(project, cut)).contains("damaged or cut short");
        assertThat(refused(project, "not an image".getBytes())).contains("neither a PNG nor a JPEG");
        assertThat(Metrics.of(customer, "api").sum("InvalidImageCount_total", project.name()))
                .isEqualTo(before + 2);
    }

    @Test
    @Tag("LV-196")
    void aModelThatIsNotHostedDoesNotDetect(HostedProject project) {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> detect(project, HostedProject.TRAINED, "image/png", GOOD))
                .satisfies(conflict -> {
                    assertThat(conflict.resourceType()).isEqualTo(ResourceType.MODEL);
                    assertThat(conflict.resourceId()).isEqualTo(project.name() + "/" + HostedProject.TRAINED);
                });
    }

    @Test
    @Tag("LV-197")
    void anUnknownVersionIsNotFound(HostedProject project) {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> detect(project, "99", "image/png", GOOD))
                .satisfies(missing -> assertThat(missing.resourceType()).isEqualTo(ResourceType.MODEL));
    }

    @Test
    @Tag("LV-202")
    void exifDoesNotTurnTheImage(HostedProject project) {
        byte[] plain = BrushedMetal.jpeg(BrushedMetal.stained(7004));
        assertThat(detect(project, HostedProject.HOSTED, "image/jpeg", turned(plain)))
                .isEqualTo(detect(project, HostedProject.HOSTED, "image/jpeg", plain));
    }

    @Test
    @Tag("LV-201")
    void aHundredCallsAtOnceGiveOneAnswer(HostedProject project) throws Exception {
        Set<DetectAnomalyResult> answers = new HashSet<>();
        try (LookoutVisionClient patient = Retrying.client(project.vision(), 50)) {
            for (CompletableFuture<DetectAnomalyResult> call : together(100, patient, project)) {
                answers.add(call.get());
            }
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    @Tag("LV-200")
    void overloadIsThrottledAndRetriesSucceed(HostedProject project, Customer customer) throws Exception {
        double before = Metrics.of(customer, "api").sum("ThrottledCount_total", project.name());
        AtomicInteger throttled = new AtomicInteger();
        try (LookoutVisionClient impatient = Retrying.client(project.vision(), 0)) {
            for (CompletableFuture<DetectAnomalyResult> call : together(60, impatient, project)) {
                call.handle((result, failure) -> {
                            if (failure != null) {
                                assertThat(failure.getCause()).isInstanceOf(ThrottlingException.class);
                                assertThat(((ThrottlingException) failure.getCause()).retryAfterSeconds())
                                        .isEqualTo(1);
                                throttled.incrementAndGet();
                            }
                            return null;
                        })
                        .get();
            }
        }
        assertThat(throttled.get()).isBetween(1, 59);
        assertThat(Metrics.of(customer, "api").sum("ThrottledCount_total", project.name()))
                .isEqualTo(before + throttled.get());
        try (LookoutVisionClient patient = Retrying.client(project.vision(), 50)) {
            for (CompletableFuture<DetectAnomalyResult> call : together(60, patient, project)) {
                assertThat(call.get().isAnomalous()).isTrue();
            }
        }
    }

    @Test
    @Tag("LV-225")
    void detectionsAreCountedUnderCloudWatchsNames(HostedProject project, Customer customer) {
        Metrics before = Metrics.of(customer, "api");
        detect(project, HostedProject.HOSTED, "image/png", STAINED);
        detect(project, HostedProject.HOSTED, "image/png", GOOD);
        Metrics after = Metrics.of(customer, "api");
        for (String name : List.of("SuccessfulRequestCount_total", "ProcessedImageCount_total")) {
            assertThat(after.sum(name, project.name()) - before.sum(name, project.name()))
                    .as(name)
                    .isEqualTo(2);
        }
        assertThat(after.sum("DetectedAnomalyCount_total", project.name())
                        - before.sum("DetectedAnomalyCount_total", project.name()))
                .isEqualTo(1);
        assertThat(after.sum("Time_milliseconds_count", project.name())).isGreaterThanOrEqualTo(2);
        for (String gauge :
                List.of("MinInferenceUnits", "MaxInferenceUnits", "DesiredInferenceUnits", "InServiceInferenceUnits")) {
            assertThat(after.sum(gauge, project.name())).as(gauge).isEqualTo(1);
        }
    }

    @Test
    void theExtensionTellsScoreAndThreshold(HostedProject project) {
        try (Extensions extensions = new Extensions(project.vision())) {
            String path = "/vedette/v1/projects/" + project.name() + "/models/1/detect";
            var stained = extensions.send(SdkHttpMethod.POST, path, Map.of(), "image/png", STAINED);
            assertThat(stained.status()).isEqualTo(200);
            double score = stained.body().get("Score").asDouble();
            assertThat(score)
                    .isGreaterThanOrEqualTo(stained.body().get("Threshold").asDouble());
            String higher = Double.toString(Math.nextUp(score));
            var judged = extensions.send(SdkHttpMethod.POST, path, Map.of("threshold", higher), "image/png", STAINED);
            assertThat(judged.body().get("Score").asDouble()).isEqualTo(score);
            assertThat(judged.body().get("IsAnomalous").asBoolean()).isFalse();
            assertThat(judged.body().get("Confidence").asDouble()).isBetween(0.5, 1.0);
            var wrong = extensions.send(SdkHttpMethod.POST, path, Map.of("threshold", "NaN"), "image/png", STAINED);
            assertThat(wrong.status()).isEqualTo(400);
        }
    }

    @Test
    void aChangedThresholdCountsUntilItIsTakenBack(HostedProject project) {
        try (Extensions extensions = new Extensions(project.vision())) {
            String path = "/vedette/v1/projects/" + project.name() + "/models/1/threshold";
            try {
                assertThat(put(extensions, path, "{\"Threshold\":1e6}")).isEqualTo(200);
                assertThat(detect(project, HostedProject.HOSTED, "image/png", STAINED)
                                .isAnomalous())
                        .isFalse();
                assertThat(get(extensions, path, Map.of()).get("Threshold").asDouble())
                        .isEqualTo(1e6);
            } finally {
                assertThat(put(extensions, path, "{\"Threshold\":null}")).isEqualTo(200);
            }
            assertThat(detect(project, HostedProject.HOSTED, "image/png", STAINED)
                            .isAnomalous())
                    .isTrue();
        }
    }

    @Test
    void otherThresholdsAreTriedOnTheTestImages(HostedProject project) {
        ModelPerformance performance = project.describe(HostedProject.HOSTED).performance();
        try (Extensions extensions = new Extensions(project.vision())) {
            String path = "/vedette/v1/projects/" + project.name() + "/models/1/threshold";
            JsonNode learned = get(extensions, path, Map.of());
            JsonNode same = get(
                    extensions,
                    path,
                    Map.of("at", learned.get("LearnedThreshold").asText()));
            assertThat((float) same.at("/WhatIf/F1Score").asDouble()).isEqualTo(performance.f1Score());
            assertThat((float) same.at("/WhatIf/Recall").asDouble()).isEqualTo(performance.recall());
            assertThat((float) same.at("/WhatIf/Precision").asDouble()).isEqualTo(performance.precision());
            JsonNode all = get(extensions, path, Map.of("at", "-1e9")).get("WhatIf");
            assertThat(all.get("TruePositives").asInt()).isEqualTo(4);
            assertThat(all.get("FalsePositives").asInt()).isEqualTo(4);
            JsonNode none = get(extensions, path, Map.of("at", "1e9")).get("WhatIf");
            assertThat(none.get("FalseNegatives").asInt()).isEqualTo(4);
            assertThat(none.get("TrueNegatives").asInt()).isEqualTo(4);
            assertThat(none.get("F1Score").asDouble()).isZero();
        }
    }

    private static JsonNode get(Extensions extensions, String path, Map<String, String> query) {
        Extensions.Answer answer = extensions.send(SdkHttpMethod.GET, path, query, "", new byte[0]);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static int put(Extensions extensions, String path, String json) {
        return extensions
                .send(SdkHttpMethod.PUT, path, Map.of(), "application/json", json.getBytes())
                .status();
    }

    static DetectAnomalyResult detect(HostedProject project, String version, String type, byte[] image) {
        return project.vision()
                .detectAnomalies(
                        request -> request.projectName(project.name())
                                .modelVersion(version)
                                .contentType(type),
                        RequestBody.fromBytes(image))
                .detectAnomalyResult();
    }

    private static String refused(HostedProject project, byte[] image) {
        ValidationException refusal = org.assertj.core.api.Assertions.catchThrowableOfType(
                ValidationException.class, () -> detect(project, HostedProject.HOSTED, "image/png", image));
        return refusal.awsErrorDetails().errorMessage();
    }

    private static List<CompletableFuture<DetectAnomalyResult>> together(
            int count, LookoutVisionClient vision, HostedProject project) {
        HostedProject asked = new HostedProject(vision, project.s3(), project.name());
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<CompletableFuture<DetectAnomalyResult>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                calls.add(CompletableFuture.supplyAsync(
                        () -> detect(asked, HostedProject.HOSTED, "image/png", STAINED), threads));
            }
            return calls;
        } finally {
            threads.shutdown();
        }
    }

    /** The JPEG with an EXIF segment that says it lies on its side. */
    private static byte[] turned(byte[] jpeg) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
