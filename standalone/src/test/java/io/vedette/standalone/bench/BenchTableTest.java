package io.vedette.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTableTest {
    @Test
    void rowsAreMeansOverTheSeedsWithHalfTheirRange() throws IOException {
        // When
        List<String> lines = BenchTable.lines(List.of(
                trial("cookie", "auto", 0, 1.0, 0.9),
                trial("cookie", "auto", 1, 0.9, 0.8),
                trial("aliens", "padim", 0, 0.75, 0.5)));
        // Then
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).startsWith("cookie").contains("auto: fused", "0.950 ±0.050", "0.850 ±0.050", " 12.5");
        assertThat(lines.get(3))
                .startsWith("aliens")
                .contains("padim", "0.750", "0.500")
                .doesNotContain("±");
    }

    @Test
    void whatIsNotKnownIsADash() throws IOException {
        // When
        String row = BenchTable.lines(List.of(trial("cookie", "image-branch", 0, 1.0, 0.9)))
                .get(2);
        // Then: four pixel figures and the memory
        assertThat(row.chars().filter(letter -> letter == '-').count()).isEqualTo(5 + 1); // one in the learner's name
    }

    @Test
    void learnerThatCouldNotLearnSaysWhy() throws IOException {
        JsonNode failed = new ObjectMapper()
                .readTree("{\"set\":\"few\",\"learner\":\"fused\",\"seed\":0,\"error\":\"at least 5 anomalies\"}");
        assertThat(BenchTable.lines(List.of(failed)).get(2)).contains("few", "fused", "at least 5 anomalies");
    }

    private static JsonNode trial(String set, String learner, int seed, double auroc, double f1) throws IOException {
        return new ObjectMapper()
                .readTree(("{'set':'" + set + "','learner':'" + learner + "','seed':" + seed
                                + ",'chosen':'fused','image':{'rocAuc':" + auroc + ",'f1':" + f1
                                + "},'bestF1':1.0,'trainSeconds':12.5,'msPerImage':40.0}")
                        .replace('\'', '"'));
    }
}
