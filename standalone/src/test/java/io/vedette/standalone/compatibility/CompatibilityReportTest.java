package io.vedette.standalone.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.compatibility.CompatibilityReport.Tagged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityReportTest {
    private static final String REPORT = """
            <testsuite>
              <testcase name="passes(Customer)" classname="a.OneTest"/>
              <testcase name="partly(int)[1]" classname="a.OneTest"/>
              <testcase name="partly(int)[2]" classname="a.OneTest"><failure message="no"/></testcase>
              <testcase name="breaks{int}[2]" classname="a.OneTest"><error message="no"/></testcase>
              <testcase name="skipped" classname="a.OneTest"><skipped/></testcase>
            </testsuite>
            """;

    @Test
    void aLinePassesOnlyIfAllItsTestsDidAndOneRan(@TempDir Path module) throws IOException {
        // Given
        Path reports = Files.createDirectories(module.resolve("target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-a.OneTest.xml"), REPORT);
        Map<String, List<Tagged>> tagged = Map.of(
                "LV-001", List.of(test("passes")),
                "LV-002", List.of(test("passes"), test("partly")),
                "LV-003", List.of(test("breaks")),
                "LV-004", List.of(test("skipped")),
                "LV-005", List.of(test("neverRun")));
        Map<String, String> checklist = new TreeMap<>(
                Map.of("LV-001", "a", "LV-002", "b", "LV-003", "c", "LV-004", "d", "LV-005", "e", "LV-006", "f"));
        // When
        String report = CompatibilityReport.report(checklist, tagged, Outcomes.read(List.of(module)));
        // Then
        assertThat(report)
                .startsWith("Of 6 behaviours: 1 pass, 2 fail, 3 not covered.")
                .contains("| LV-001 | a | pass | OneTest.passes |")
                .contains("| LV-002 | b | fail | OneTest.passes, OneTest.partly |")
                .contains("| LV-003 | c | fail | OneTest.breaks |")
                .contains("| LV-004 | d | not covered | OneTest.skipped |")
                .contains("| LV-005 | e | not covered | OneTest.neverRun |")
                .contains("| LV-006 | f | not covered |  |");
    }

    @Test
    void theChecklistHasAllNumbersInOrder() throws IOException {
        List<String> numbers = List.copyOf(CompatibilityReport.checklist().keySet());
        assertThat(numbers).hasSize(235);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo("LV-%03d".formatted(i + 1));
        }
    }

    @Test
    void tagsAreFoundInTheClassesOfTheTests() {
        assertThat(CompatibilityReport.tagged(List.of(Path.of(""))).get("LV-039"))
                .contains(new Tagged("io.vedette.standalone.ProjectsTest", "aNewProjectHasItsNameArnAndTime"));
    }

    private static Tagged test(String method) {
        return new Tagged("a.OneTest", method);
    }
}
