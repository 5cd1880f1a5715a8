package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path FOLDER = ROOT.resolve("deploy/observability");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)\\n\\s+expr: '([^']+)'");
    private static final Pattern OURS = Pattern.compile("`((?:vedette_|[A-Z])\\w+)`");
    /** What Prometheus adds. */
    private static final Set<String> ADDED = Set.of("job", "instance", "le");
    /** Only where there is a GPU. */
    private static final String OF_GPUS = "vedette_gpu_";

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
        JsonNode dashboard =
                new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(25);
        queries.forEach(ObservabilityTest::isAnswered);
    }

    @Test
    void everyAlertAsksForWhatIsThereAndHasItsEntryInTheRunbook() throws IOException {
        Matcher alerts = ALERT.matcher(Files.readString(FOLDER.resolve("alerts.yml")));
        String runbook = Files.readString(ROOT.resolve("docs/operations.md"));
        List<String> names = new ArrayList<>();
        while (alerts.find()) {
            names.add(alerts.group(1));
            isAnswered(alerts.group(2));
            assertThat(runbook.lines()).as("runbook").contains("### " + alerts.group(1));
            assertThat(Files.readString(FOLDER.resolve("alerts.yml")))
                    .contains("docs/operations.md#" + alerts.group(1).toLowerCase(Locale.ROOT) + "\n");
        }
        assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(runbook.lines()
                        .filter(line -> line.startsWith("### Vedette"))
                        .map(line -> line.substring(4)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void theTableOfMetricsIsWhatTheServicesExport() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/operations.md"))) {
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
        assertThat(documented.stream().filter(metric -> metric.startsWith("vedette_") && !metric.startsWith(OF_GPUS)))
                .containsExactlyInAnyOrderElementsOf(there);
        assertThat(documented).contains("SuccessfulRequestCount_total", "Time_milliseconds");
    }

    @Test
    void prometheusTakesTheRules() throws Exception {
        Path promtool = Path.of("/usr/bin/promtool");
        assumeThat(promtool).as("Debian's package prometheus").exists();
        Process check = new ProcessBuilder(
                        promtool.toString(),
                        "check",
                        "rules",
                        FOLDER.resolve("alerts.yml").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static void isAnswered(String expression) {
        PromQl query = PromQl.of(expression.replace("$__rate_interval", "5m"));
        assertThat(query.selectors()).as(expression).isNotEmpty();
        for (PromQl.Selector asked : query.selectors()) {
            if (asked.metric().equals("up") || asked.metric().startsWith(OF_GPUS)) {
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
