package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real Prometheus scrapes a stack as {@code deploy/observability/prometheus.yml} says, while a model is trained and another
 * one detects: the dashboard is not empty, and the alerts are evaluated.
 */
@StackTest
class PrometheusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TARGET = Pattern.compile("'(api|trainer|evaluator|inference):\\d+'");
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    /** What has no series here, and why. All else must have. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "max by (instance, gpu) (vedette_gpu_memory_used_bytes)", "there need not be a GPU",
            "max by (instance, gpu) (vedette_gpu_memory_total_bytes)", "there need not be a GPU");

    private static final String DETECTIONS =
            "sum(increase(SuccessfulRequestCount_total{ProjectName=\"HostedProject\"}[1h]))";

    private static Prometheus prometheus;

    @BeforeAll
    static void workWhileItLooks(Customer customer, HostedProject project) throws IOException {
        assumeThat(Prometheus.PROGRAM).as("Debian's package prometheus").exists();
        prometheus = new Prometheus(scrapes(customer), Watched.ALERTS);
        // a counter that is there at the first scrape has risen since by what comes now
        Awaitility.await("all services to be scraped twice")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> scrapedTwice()
                        .equals(Set.of("vedette-api", "vedette-trainer", "vedette-evaluator", "vedette-inference")));
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("train", 10, 0));
        workshop.dataset("test", workshop.photographs("test", 2, 2));
        workshop.trained(workshop.askForModel().modelVersion());
        // CloudWatch's metrics are there from a model's first detection on: they rise with a later one
        Awaitility.await("detections to be counted").atMost(PATIENCE).until(() -> {
            DetectTest.detect(project, HostedProject.HOSTED, "image/png", HostedProject.testImage(0));
            DetectTest.detect(project, HostedProject.HOSTED, "image/png", HostedProject.testImage(5));
            return prometheus.query(DETECTIONS).stream().anyMatch(sample -> sample.value() > 0);
        });
    }

    private static Set<String> scrapedTwice() {
        return prometheus.query("count_over_time(up{job=~\"vedette.*\"}[1m]) > 1").stream()
                .map(sample -> sample.labels().path("job").asText())
                .collect(Collectors.toSet());
    }

    /** The deployed configuration with the addresses of this stack, and in a hurry. */
    private static String scrapes(Customer customer) throws IOException {
        String deployed = Files.readString(Watched.SCRAPES);
        assertThat(deployed).contains("scrape_interval: 15s");
        return TARGET.matcher(deployed)
                .replaceAll(target -> "'"
                        + customer.stack()
                                .metrics(target.group(1))
                                .orElseThrow()
                                .replaceAll("https?://|/.*$", "") + "'")
                .replace("scrape_interval: 15s", "scrape_interval: 1s\n  evaluation_interval: 1s");
    }

    @AfterAll
    static void stop() throws IOException {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void everyQueryOfTheDashboardReturnsSeriesWithNumbersAndTheLabelsOfItsLegend() throws IOException {
        List<Watched.Query> queries = Watched.queries();
        assertThat(queries).extracting(Watched.Query::expression).containsAll(NOT_HERE.keySet());
        for (Watched.Query query : queries) {
            if (NOT_HERE.containsKey(query.expression())) {
                assertThat(prometheus.query(query.sent())).as(query.sent()).allMatch(sample -> sample.value() >= 0);
                continue;
            }
            Awaitility.await(query.sent())
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.query(query.sent()))
                            .anyMatch(sample ->
                                    Double.isFinite(sample.value()) && hasAll(sample.labels(), query.legend())));
        }
    }

    private static boolean hasAll(JsonNode labels, String legend) {
        return LABEL.matcher(legend).results().map(label -> label.group(1)).allMatch(labels::has);
    }

    @Test
    void whatHasHappenedIsSeenToHaveHappened() {
        assertThat(prometheus.query("sum by (job) (up{job=~\"vedette.*\"})"))
                .hasSize(4)
                .allMatch(it -> it.value() == 1);
        for (String risen : List.of(
                "sum(increase(vedette_runs_total{kind=\"training\", outcome=\"finished\"}[1h]))",
                "sum(increase(vedette_runs_total{kind=\"evaluation\", outcome=\"finished\"}[1h]))",
                DETECTIONS,
                "sum(increase(vedette_calls_seconds_count{operation=\"CreateModel\"}[1h]))")) {
            Awaitility.await(risen)
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(prometheus.query(risen)).hasSize(1).allMatch(sample -> sample.value() > 0));
        }
    }

    @Test
    void everyAlertIsEvaluatedAndAsksForWhatIsThere() throws IOException {
        Map<String, String> alerts = Watched.alerts();
        alerts.values().forEach(prometheus::query); // or it throws
        Set<String> metrics = prometheus.metrics();
        alerts.forEach((name, expression) -> assertThat(metrics)
                .as(name)
                .containsAll(PromQl.of(expression).selectors().stream()
                        .map(PromQl.Selector::metric)
                        .filter(metric -> !metric.startsWith(Watched.OF_GPUS))
                        .toList()));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .hasSameSizeAs(alerts.keySet())
                        .allMatch(rule -> rule.path("health").asText().equals("ok")));
    }
}
