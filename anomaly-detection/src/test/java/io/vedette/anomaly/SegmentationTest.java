package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.metric.LabelMetrics;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of two named defects, learned from tiles with masks, on tiles that it never saw. */
class SegmentationTest {
    private static final Progress SILENT = (phase, done, total) -> {};
    private static final List<PlantedDefects.Tile> UNSEEN = PlantedDefects.tiles(6, 6, 6, 2);

    @TempDir
    private static Path scratch;

    private static Learner learner;
    private static TrainedModel model;

    @BeforeAll
    static void learn() {
        learner =
                new Learner(new LearnerSettings("mobilenet-v2", PlantedDefects.SIDE, 3, 1, "cpu").withScratch(scratch));
        List<Example> examples = PlantedDefects.tiles(16, 8, 8, 1).stream()
                .map(PlantedDefects.Tile::example)
                .toList();
        model = learner.learn(examples, SILENT);
    }

    @AfterAll
    static void close() {
        model.close();
        learner.close();
    }

    @Test
    void heatIsHighestInsideThePlantedDefect() {
        int inside = 0;
        for (PlantedDefects.Tile tile : UNSEEN) {
            if (tile.where() == null) continue;
            // When
            HeatMap heat = model.inspect(tile.example().photograph()).heat();
            // Then
            int hottest = 0;
            for (int i = 1; i < heat.values().length; i++) if (heat.values()[i] > heat.values()[hottest]) hottest = i;
            double cell = (double) PlantedDefects.SIDE / heat.width();
            Rectangle near = new Rectangle(tile.where());
            near.grow((int) cell, (int) cell);
            double x = (hottest % heat.width() + 0.5) * cell;
            double y = (hottest / heat.width() + 0.5) * cell;
            if (near.contains(x, y)) inside++;
        }
        assertThat(inside).as("of 12 defects").isGreaterThanOrEqualTo(11);
    }

    @Test
    void bothDefectsAreFoundUnderTheirNames() {
        // Given
        PixelScores scores = new PixelScores(model.defects());
        // When
        for (PlantedDefects.Tile tile : UNSEEN)
            scores.add(
                    model.inspect(tile.example().photograph()),
                    tile.example(),
                    new Dimensions(PlantedDefects.SIDE, PlantedDefects.SIDE));
        // Then
        assertThat(model.defects()).containsExactly("scratch", "stain");
        assertThat(scores.labels()).extracting(LabelMetrics::label).containsExactly("scratch", "stain");
        assertThat(scores.labels())
                .allSatisfy(label -> assertThat(label.f1()).as(label.label()).isGreaterThan(0.4));
        assertThat(scores.heat().orElseThrow().rocAuc()).isGreaterThan(0.95);
        assertThat(scores.heat().orElseThrow().aupro(0.3)).isGreaterThan(0.8);
    }

    @Test
    void storedModelDrawsTheSameDefects() throws IOException {
        // Given
        Path stored = Files.createTempDirectory(scratch, "model");
        model.write(stored);
        Photograph photograph = UNSEEN.get(8).example().photograph();
        // When
        try (TrainedModel read = TrainedModel.read(stored, 1, "cpu")) {
            // Then
            assertThat(read.inspect(photograph)).isEqualTo(model.inspect(photograph));
            assertThat(read.defects()).isEqualTo(model.defects());
        }
    }
}
