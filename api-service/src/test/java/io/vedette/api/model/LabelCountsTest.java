package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.dataset.DatasetEntry;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelCountsTest {
    private static final String BACKGROUND = "\"0\":{\"class-name\":\"BACKGROUND\",\"hex-color\":\"#ffffff\"}";
    private static final String SCRATCH = "\"1\":{\"class-name\":\"scratch\",\"hex-color\":\"#23A436\"}";
    private static final String DENT = "\"2\":{\"class-name\":\"dent\",\"hex-color\":\"#0000ff\"}";

    private final Map<String, Integer> counts = new TreeMap<>();

    @Test
    void anImageCountsForTheLabelThatItHasAlone() {
        // When
        count("anomaly", BACKGROUND + "," + SCRATCH);
        count("anomaly", SCRATCH);
        count("anomaly", BACKGROUND + "," + SCRATCH + "," + DENT);
        // Then
        assertThat(counts).containsExactly(Map.entry("dent", 0), Map.entry("scratch", 2));
    }

    @Test
    void normalImagesAndMasksThatSayNothingCountForNone() {
        // When
        count("normal", SCRATCH);
        count("anomaly", BACKGROUND);
        count("anomaly", SCRATCH.replace("#23A436", "green"));
        // Then
        assertThat(counts).isEmpty();
    }

    private void count(String className, String colorMap) {
        LabelCounts.count(
                DatasetEntry.parse(
                        "{\"source-ref\":\"s3://images/1.png\",\"anomaly-label\":1,\"anomaly-label-metadata\":"
                                + "{\"class-name\":\"" + className
                                + "\",\"human-annotated\":\"yes\",\"type\":\"groundtruth/image-classification\"},"
                                + "\"anomaly-mask-ref\":\"s3://images/m.png\",\"anomaly-mask-ref-metadata\":{\"internal-color-map\":{"
                                + colorMap + "},\"type\":\"groundtruth/semantic-segmentation\"}}"),
                counts);
    }
}
