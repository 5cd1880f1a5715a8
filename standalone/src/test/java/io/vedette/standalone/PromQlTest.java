package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsMetricsMatchersAndGroups() {
        PromQl query = PromQl.of("histogram_quantile(0.9, sum by (kind, le) (rate(a_bucket{x=\"1\", y=~\"b|c\"}[5m])))"
                + " / on (kind) max(d_total offset 1h) > 0.05");
        assertThat(query.selectors()).extracting(PromQl.Selector::metric).containsExactly("a_bucket", "d_total");
        assertThat(query.selectors().get(0).exact()).isEqualTo(Map.of("x", "1"));
        assertThat(query.selectors().get(0).labels()).containsExactly("x", "y");
        assertThat(query.groupedBy()).containsExactly("kind", "le");
    }
}
