package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dashboard, alerts and documents speak of what a stack that has worked exports, and of nothing else. */
@StackTest
class ObservabilityTest {
    private static final Pattern OURS = Pattern.compile("`((?:vedette_|[A-Z])\\w+)`");
    /** What Prometheus adds. */
    private static final Set<String> ADDED = Set.of("job", "instance", "le");

    private static List<Exported> exported;

    /** A series. */
    private record Exported(String service, String metric, String labels) {
        static Exported of(String service, String line) {
            int end = line.indexOf('{');
            return end < 0
                    ? new Exported(service, line.substring(0, line.indexOf(' ')), "")
                    : new Exported(service, line.substring(0, end), line.substring(end + 1, line.lastIndexOf('}')));
        }

        boolean has(String label) {
            return ADDED.contains(label) || ("," + labels).contains("," + label + "=\"");
        }

        boolean has(String label, String value) {
            return ("," + labels).contains("," + label + "=\"" + value + "\"");
        }
    }

    @BeforeAll
    static void workAndLook(Customer customer, HostedProject project) {
        DetectTest.detect(project, HostedProject.HOSTED, "image/png", HostedProject.testImage(0));
        DetectTest.detect(project, HostedProject.HOSTED, "image/png", HostedProject.testImage(5));
        // the gauges are read from Postgres and Kafka every few seconds
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> all(customer).stream()
                        .anyMatch(series -> series.metric().equals("vedette_phase_seconds_count")
                                && series.has("kind", "evaluation")));
        exported = all(customer);
    }

    private static List<Exported> all(Customer customer) {
        return Stream.of("api", "trainer", "evaluator", "inference")
                .flatMap(service -> Metrics.of(customer, service).lines().stream()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(line -> Exported.of(service, line)))
                .toList();
    }

    @Test
    void everyQueryOfTheDashboardAsksForWhatIsThere() throws IOException {
        assertThat(Watched.queries()).hasSizeGreaterThan(25);
        Watched.queries().forEach(query -> isAnswered(query.sent()));
    }

    @Test
    void everyAlertAsksForWhatIsThereAndHasItsEntryInTheRunbook() throws IOException {
        Map<String, String> alerts = Watched.alerts();
        String rules = Files.readString(Watched.ALERTS);
        assertThat(alerts).hasSize(rules.split("- alert: ").length - 1).hasSizeGreaterThan(15);
        alerts.values().forEach(ObservabilityTest::isAnswered);
        for (String name : alerts.keySet()) {
            assertThat(rules).contains("docs/operations.md#" + name.toLowerCase(Locale.ROOT) + "\n");
        }
        assertThat(Files.readAllLines(Watched.ROOT.resolve("docs/operations.md")).stream()
                        .filter(line -> line.startsWith("### Vedette"))
                        .map(line -> line.substring(4)))
                .as("runbook")
                .containsExactlyInAnyOrderElementsOf(alerts.keySet());
    }

    @Test
    void theTableOfMetricsIsWhatTheServicesExport() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(Watched.ROOT.resolve("docs/operations.md"))) {
            Matcher name = OURS.matcher(line.startsWith("| `") ? line.split("\\|")[1] : "");
            while (name.find()) {
                documented.add(name.group(1));
            }
        }
        Set<String> there = exported.stream()
                .map(Exported::metric)
                .filter(metric -> metric.startsWith("vedette_"))
                .map(metric -> metric.replaceFirst("_(bucket|count|sum|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented.stream()
                        .filter(metric -> metric.startsWith("vedette_") && !metric.startsWith(Watched.OF_GPUS)))
                .containsExactlyInAnyOrderElementsOf(there);
        assertThat(documented).contains("SuccessfulRequestCount_total", "Time_milliseconds");
    }

    @Test
    void prometheusTakesTheRules() throws Exception {
        Path promtool = Path.of("/usr/bin/promtool");
        assumeThat(promtool).as("Debian's package prometheus").exists();
        Process check = new ProcessBuilder(promtool.toString(), "check", "rules", Watched.ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static void isAnswered(String expression) {
        PromQl query = PromQl.of(expression);
        assertThat(query.selectors()).as(expression).isNotEmpty();
        for (PromQl.Selector asked : query.selectors()) {
            if (asked.metric().equals("up") || asked.metric().startsWith(Watched.OF_GPUS)) {
                continue;
            }
            assertThat(exported)
                    .as("%s of %s", asked, expression)
                    .anyMatch(series -> series.metric().equals(asked.metric())
                            && asked.labels().stream().allMatch(series::has)
                            && query.groupedBy().stream().allMatch(series::has)
                            && isOrMayBecome(series, asked));
        }
    }

    /** The status of a call is whatever its answer was; all other values are there from the start. */
    private static boolean isOrMayBecome(Exported series, PromQl.Selector asked) {
        return asked.exact().entrySet().stream()
                .allMatch(label ->
                        asked.metric().startsWith("vedette_calls") || series.has(label.getKey(), label.getValue()));
    }
}
