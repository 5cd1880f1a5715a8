package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.ListDatasetEntriesResponse;

/**
 * How long the largest manifest takes to import, and its pages to list; not part of the tests, for its name does not end
 * in Test: {@code mvn -pl standalone -am test -Dtest=EntriesBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@StackTest
class EntriesBenchmark {
    private static final int LINES = 16_000;
    private static final int ROUNDS = 5;

    @Test
    void importsAndListsTheLargestManifest(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        List<String> lines = Lines.many("images", "normal", 0, LINES);
        for (int round = 1; round <= ROUNDS; round++) {
            workshop.manifest("manifests/train.manifest", lines);
            long begun = System.nanoTime();
            workshop.createDataset("train", workshop.bucket(), "manifests/train.manifest");
            DatasetDescription made = workshop.settled("train");
            System.out.printf("round %d: imported %d lines in %.2f s%n", round, LINES, seconds(begun));
            assertThat(made.imageStats().total()).isEqualTo(LINES);
            list(workshop, round);
            long deleting = System.nanoTime();
            workshop.deleteDataset("train");
            System.out.printf("round %d: deleted in %.2f s%n", round, seconds(deleting));
        }
    }

    /** All pages of 100, one after the other; the first twenty beside the last twenty. */
    private static void list(Workshop workshop, int round) {
        long[] times = new long[LINES / 100];
        String next = null;
        for (int page = 0; page < times.length; page++) {
            String token = next;
            long begun = System.nanoTime();
            ListDatasetEntriesResponse answer = workshop.customer()
                    .vision()
                    .listDatasetEntries(request -> request.projectName(workshop.project())
                            .datasetType("train")
                            .maxResults(100)
                            .nextToken(token));
            times[page] = System.nanoTime() - begun;
            next = answer.nextToken();
            assertThat(answer.datasetEntries()).hasSize(100);
        }
        assertThat(next).isNull();
        System.out.printf(
                "round %d: median of the first 20 pages %.1f ms, of the middle 20 %.1f ms, of the last 20 %.1f ms%n",
                round, median(times, 0), median(times, 70), median(times, 140));
    }

    private static double median(long[] times, int from) {
        long[] part = Arrays.copyOfRange(times, from, from + 20);
        Arrays.sort(part);
        return (part[9] + part[10]) / 2e6;
    }

    private static double seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    }
}
