package io.vedette.anomaly.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.LearnerSettings;
import io.vedette.anomaly.PlantedDefects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> CLASSES = Map.of("#23A436", "scratch", "#0000FF", "stain");

    @TempDir
    private Path folder;

    @Test
    void everyLearnerIsMeasuredAndTheChoiceComesLast() throws IOException {
        // When
        List<JsonNode> trials = trials(plan(List.of(), photos(PlantedDefects.tiles(4, 2, 2, 2))));
        // Then
        List<String> expected = new ArrayList<>(LearnerSettings.LEARNERS);
        expected.add("auto");
        assertThat(trials).extracting(trial -> trial.get("learner").textValue()).containsExactlyElementsOf(expected);
        assertThat(trials).allSatisfy(trial -> {
            assertThat(trial.has("error")).isFalse();
            assertThat(trial.at("/image/rocAuc").doubleValue()).isBetween(0.0, 1.0);
            assertThat(trial.get("trainSeconds").doubleValue()).isPositive();
            assertThat(trial.get("msPerImage").doubleValue()).isPositive();
        });
        JsonNode auto = trials.get(trials.size() - 1);
        assertThat(LearnerSettings.LEARNERS).contains(auto.get("chosen").textValue());
        assertThat(auto.at("/pixels/images").intValue()).isEqualTo(8);
        assertThat(auto.at("/pixels/regions").intValue()).isEqualTo(4);
        assertThat(auto.at("/image/rocAuc").doubleValue()).isGreaterThan(0.8);
        JsonNode verdicts =
                JSON.readTree(Path.of(auto.get("verdicts").textValue()).toFile());
        assertThat(verdicts).hasSize(8);
        assertThat(ImageIO.read(Path.of(verdicts.get(7).get("heat").textValue()).toFile()))
                .isNotNull();
    }

    @Test
    void testImagesChangeNothingOfTheModel() throws IOException {
        // Given
        List<Plan.Photo> some = photos(PlantedDefects.tiles(3, 1, 1, 2));
        List<Plan.Photo> others = new ArrayList<>();
        for (Plan.Photo photo : photos(PlantedDefects.tiles(0, 4, 4, 5)))
            others.add(new Plan.Photo(photo.file(), false, null, null)); // anomalies that are called normal
        others.add(0, some.get(4));
        // When
        JsonNode with = trials(plan(List.of("auto"), some)).get(0);
        List<JsonNode> first = lines(with);
        JsonNode without = trials(plan(List.of("auto"), others)).get(0);
        // Then
        assertThat(without.get("threshold")).isEqualTo(with.get("threshold"));
        assertThat(without.get("chosen")).isEqualTo(with.get("chosen"));
        assertThat(lines(without).get(0).get("score")).isEqualTo(first.get(4).get("score"));
    }

    @Test
    void learnerThatNeedsMoreAnomaliesSaysSo() throws IOException {
        // Given
        Plan.PhotoSet few = new Plan.PhotoSet(
                "few", 0, photos(PlantedDefects.tiles(8, 2, 0, 1)), photos(PlantedDefects.tiles(1, 1, 0, 2)));
        // When
        List<JsonNode> trials = trials(plan(List.of("fused", "mahalanobis"), few));
        // Then
        assertThat(trials.get(0).get("error").textValue()).contains("at least 5 anomalies");
        assertThat(trials.get(1).has("error")).isFalse();
    }

    @Test
    void learnerThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
        Plan plan = plan(List.of("guessing"), photos(PlantedDefects.tiles(1, 1, 0, 2)));
        assertThatThrownBy(() -> trials(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There is no learner guessing; there are image-branch, ")
                .hasMessageEndingWith(", auto.");
    }

    private Plan plan(List<String> learners, List<Plan.Photo> test) throws IOException {
        return plan(learners, new Plan.PhotoSet("tiles", 0, photos(PlantedDefects.tiles(10, 4, 4, 1)), test));
    }

    private Plan plan(List<String> learners, Plan.PhotoSet set) {
        return new Plan(
                "mobilenet-v2",
                96,
                learners,
                1,
                1,
                "cpu",
                folder.resolve("out").toString(),
                folder.toString(),
                List.of(set));
    }

    private List<Plan.Photo> photos(List<PlantedDefects.Tile> tiles) throws IOException {
        List<Plan.Photo> photos = new ArrayList<>();
        for (PlantedDefects.Tile tile : tiles) {
            Path file = folder.resolve(tile.name() + ".png");
            ImageIO.write(tile.image(), "png", file.toFile());
            Path mask = folder.resolve(tile.name() + "-mask.png");
            if (tile.mask() != null) ImageIO.write(tile.mask(), "png", mask.toFile());
            photos.add(
                    tile.mask() == null
                            ? new Plan.Photo(file.toString(), false, null, null)
                            : new Plan.Photo(file.toString(), true, mask.toString(), CLASSES));
        }
        return photos;
    }

    /** Through the plan's file, as the launcher hands it over. */
    private List<JsonNode> trials(Plan plan) throws IOException {
        Path file = folder.resolve("plan.json");
        JSON.writeValue(file.toFile(), plan);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new Bench(Plan.read(file), new PrintStream(said, true, StandardCharsets.UTF_8)).run();
        List<JsonNode> trials = new ArrayList<>();
        for (String line : said.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode json = JSON.readTree(line);
            assertThat(json.has("progress") || json.has("trial")).isTrue();
            if (json.has("trial")) trials.add(json.get("trial"));
        }
        return trials;
    }

    private static List<JsonNode> lines(JsonNode trial) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        JSON.readTree(Files.readAllBytes(Path.of(trial.get("verdicts").textValue())))
                .forEach(lines::add);
        return lines;
    }
}
