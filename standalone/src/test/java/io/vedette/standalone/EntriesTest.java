package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.ListDatasetEntriesRequest;
import software.amazon.awssdk.services.lookoutvision.model.ListDatasetEntriesResponse;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** ListDatasetEntries, on data sets whose images are nowhere. */
@StackTest
class EntriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Tag("LV-096")
    @Tag("LV-097")
    @Tag("LV-098")
    void aThousandEntriesComeByPagesEachOnceInTheirOrder(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        List<String> lines = Lines.many("images", "normal", 0, 1000);
        workshop.dataset("train", lines);
        // When
        List<ListDatasetEntriesResponse> pages = pages(workshop, request -> {});
        // Then
        assertThat(pages).hasSize(10).allMatch(page -> page.datasetEntries().size() == 100);
        List<String> all =
                pages.stream().flatMap(page -> page.datasetEntries().stream()).toList();
        assertThat(all.stream().map(EntriesTest::sourceRef))
                .containsExactlyElementsOf(
                        lines.stream().map(EntriesTest::sourceRef).toList());
        assertThat(pages(workshop, request -> request.maxResults(7)).get(0).datasetEntries())
                .hasSize(7);
        assertThat(pages.get(9).nextToken()).isNull();
    }

    @Test
    @Tag("LV-099")
    @Tag("LV-100")
    @Tag("LV-101")
    @Tag("LV-103")
    @Tag("LV-105")
    @Tag("LV-106")
    void filtersHoldTogether(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.dataset(
                "train",
                List.of(
                        Lines.of("s3://images/a/IMG_170.png", "normal", "2020-01-01T00:00:00"),
                        Lines.of("s3://images/a/IMG_17.png", "anomaly", "2020-03-01T00:00:00"),
                        Lines.of("s3://images/b/img_17.png", "anomaly", "2020-06-01T12:00:00.5Z"),
                        Lines.of("s3://images/b/IMG_17_.png", "scratch", "2020-09-01T00:00:00"),
                        Lines.unlabelled("s3://images/c.png")));
        assertThat(found(workshop, request -> request.labeled(true))).containsExactly(0, 1, 2);
        assertThat(found(workshop, request -> request.labeled(false))).containsExactly(3, 4);
        assertThat(found(workshop, request -> request.anomalyClass("normal"))).containsExactly(0);
        assertThat(found(workshop, request -> request.anomalyClass("anomaly"))).containsExactly(1, 2);
        assertThat(found(workshop, request -> request.sourceRefContains("IMG_17")))
                .containsExactly(0, 1, 3);
        assertThat(found(workshop, request -> request.beforeCreationDate(time("2020-03-01T00:00:00Z"))))
                .containsExactly(0);
        assertThat(found(workshop, request -> request.afterCreationDate(time("2020-06-01T12:00:00Z"))))
                .containsExactly(2, 3);
        assertThat(found(
                        workshop,
                        request -> request.labeled(true)
                                .anomalyClass("anomaly")
                                .sourceRefContains("IMG_")
                                .afterCreationDate(time("2020-01-01T00:00:00Z"))
                                .beforeCreationDate(time("2020-12-01T00:00:00Z"))))
                .containsExactly(1);
        assertThat(found(workshop, request -> request.labeled(false).anomalyClass("normal")))
                .isEmpty();
    }

    @Test
    @Tag("LV-102")
    @Tag("LV-104")
    @Tag("LV-107")
    void filtersThatCannotBeAreRefused(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", Lines.many("images", "normal", 0, 3));
        refused(workshop, request -> request.anomalyClass("other"));
        refused(workshop, request -> request.sourceRefContains("   "));
        String next = list(workshop, request -> request.maxResults(1)).nextToken();
        assertThat(list(workshop, request -> request.maxResults(2).nextToken(next))
                        .datasetEntries())
                .hasSize(2);
        refused(workshop, request -> request.nextToken(next).labeled(true));
        refused(workshop, request -> request.nextToken("AAAA"));
    }

    @Test
    @Tag("LV-110")
    @Tag("LV-233")
    void whatIsExportedCanBeImportedAgain(Customer customer) {
        // Given: labelled, unlabelled and masked images, as AWS's export sample meets them
        Workshop workshop = Workshop.open(customer);
        List<String> lines = new ArrayList<>(Lines.many("images", "normal", 0, 120));
        lines.addAll(Lines.many("images", "anomaly", 0, 30));
        lines.add(Lines.unlabelled("s3://images/x.png"));
        DatasetDescription first = workshop.dataset("train", lines);
        // When
        List<String> exported = workshop.entries("train");
        workshop.deleteDataset("train");
        DatasetDescription second = workshop.dataset("train", exported);
        // Then
        assertThat(second.imageStats()).isEqualTo(first.imageStats());
        assertThat(workshop.entries("train")).isEqualTo(exported);
    }

    private static List<ListDatasetEntriesResponse> pages(
            Workshop workshop, Consumer<ListDatasetEntriesRequest.Builder> filters) {
        return workshop
                .customer()
                .vision()
                .listDatasetEntriesPaginator(request -> {
                    request.projectName(workshop.project()).datasetType("train");
                    filters.accept(request);
                })
                .stream()
                .toList();
    }

    private static ListDatasetEntriesResponse list(
            Workshop workshop, Consumer<ListDatasetEntriesRequest.Builder> filters) {
        return workshop.customer().vision().listDatasetEntries(request -> {
            request.projectName(workshop.project()).datasetType("train");
            filters.accept(request);
        });
    }

    /** The places, from 0, of the entries that are found. */
    private static List<Integer> found(Workshop workshop, Consumer<ListDatasetEntriesRequest.Builder> filters) {
        List<String> all = workshop.entries("train");
        return list(workshop, filters).datasetEntries().stream()
                .map(all::indexOf)
                .toList();
    }

    private static void refused(Workshop workshop, Consumer<ListDatasetEntriesRequest.Builder> filters) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(() -> list(workshop, filters));
    }

    private static Instant time(String text) {
        return Instant.parse(text);
    }

    private static String sourceRef(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json.get("source-ref").textValue();
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("no JSON: " + line, malformed);
        }
    }
}
