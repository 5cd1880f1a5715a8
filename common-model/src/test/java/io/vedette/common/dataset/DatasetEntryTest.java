package io.vedette.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetEntryTest {
    private static final String METADATA =
            "{'class-name':'%s','human-annotated':'yes','type':'groundtruth/image-classification'"
                    + ",'creation-date':'2020-11-10T03:37:09.600'}";

    @Test
    void labelledLineGivesAddressLabelAndDate() {
        // When
        DatasetEntry entry = parse("{'source-ref':'s3://bucket/a b/ü.jpg','anomaly-label':1,'anomaly-label-metadata':"
                + METADATA.formatted("anomaly") + "}");
        // Then
        assertThat(entry.sourceRef()).hasToString("s3://bucket/a b/ü.jpg");
        assertThat(entry.label()).contains(Label.ANOMALY);
        assertThat(entry.creationDate()).contains(Instant.parse("2020-11-10T03:37:09.600Z"));
        assertThat(entry.maskRef()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"normal,0,0", "normal,1,0", "anomaly,0,1", "Anomaly,0,1", "NORMAL,7,0"})
    void classNameDecidesWhateverTheLabelsValue(String className, int given, int kept) throws IOException {
        // When
        DatasetEntry entry = parse("{'source-ref':'s3://bucket/a.jpg','auto-label':" + given + ",'auto-label-metadata':"
                + METADATA.formatted(className) + "}");
        // Then
        var line = new ObjectMapper().readTree(entry.line());
        assertThat(line.path("anomaly-label").intValue()).isEqualTo(kept);
        assertThat(line.path("anomaly-label-metadata").path("class-name").textValue())
                .isEqualTo(className);
        assertThat(line.has("auto-label")).isFalse();
        assertThat(line.has("auto-label-metadata")).isFalse();
        assertThat(entry.label()).contains(kept == 1 ? Label.ANOMALY : Label.NORMAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'anomaly-label':1,'anomaly-label-metadata':{'class-name':'scratch'}",
                "'anomaly-label':1",
                "'anomaly-label-metadata':{'class-name':'normal'}",
                "'anomaly-label':1,'anomaly-label-metadata':{'human-annotated':'yes'}",
                "'anomaly-label':1,'anomaly-label-metadata':['normal']",
                "'boxes':1,'boxes-metadata':{'class-name':'normal','type':'groundtruth/object-detection'}",
                "'nested':{'anomaly-label':1,'anomaly-label-metadata':{'class-name':'normal'}}",
            })
    void imageWithoutAKnownClassIsKeptUnlabelled(String members) {
        // When
        DatasetEntry entry = parse("{'source-ref':'s3://bucket/a.jpg'," + members + "}");
        // Then
        assertThat(entry.label()).isEmpty();
        assertThat(entry.line()).isEqualTo(quoted("{'source-ref':'s3://bucket/a.jpg'," + members + "}"));
    }

    @Test
    void maskOfAnyNameIsKeptUnderItsOwnName() {
        // When
        DatasetEntry entry = parse(
                "{'source-ref':'s3://bucket/a.jpg','my-mask-ref':'s3://bucket/m.png',"
                        + "'my-mask-ref-metadata':{'internal-color-map':{'0':{'class-name':'cracked','hex-color':'#23A436'}},"
                        + "'type':'groundtruth/semantic-segmentation','creation-date':'Mon Aug 22 2022 13:52:52 GMT-0700 (Pacific)'}}");
        // Then
        assertThat(entry.maskRef().orElseThrow()).hasToString("s3://bucket/m.png");
        assertThat(entry.line()).contains("\"anomaly-mask-ref\":\"s3://bucket/m.png\",\"anomaly-mask-ref-metadata\":{");
        assertThat(entry.label()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2020-11-10T03:37:09.600,2020-11-10T03:37:09.600Z",
        "2020-11-10T03:37:09.433061,2020-11-10T03:37:09.433061Z",
        "2022-08-22T20:52:51.851Z,2022-08-22T20:52:51.851Z",
        "2022-08-22T20:52:51+02:00,2022-08-22T18:52:51Z",
        "2022-08-22 20:52:51+0200,2022-08-22T18:52:51Z",
        "2022-08-22,2022-08-22T00:00:00Z",
        "Mon Aug 22 2022 13:52:52 GMT-0700 (Pacific Daylight Time),2022-08-22T20:52:52Z",
        "Tue Aug 02 2022 13:52:52 GMT+0000,2022-08-02T13:52:52Z",
    })
    void creationDateIsReadInEveryFormatSeen(String text, Instant expected) {
        assertThat(withDate("'" + text + "'").creationDate()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'yesterday'", "''", "'2022-13-45T00:00:00'", "12", "null", "{}", "'+999999999-01-01T00:00:00'"})
    void unreadableCreationDateIsNoneAndNeverFatal(String value) {
        assertThat(withDate(value).creationDate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "12",
                "'text'",
                "{",
                "{'source-ref':'s3://bucket/a.jpg'",
                "plain text",
                "{'source-ref':'s3://bucket/a.jpg'} {}",
                "{'a':NaN}",
                "{'source-ref':'s3://bucket/a.jpg',}"
            })
    void lineThatIsNotOneJsonObjectIsRefused(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(BadEntry.class).hasMessage("not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'https://bucket/a.jpg'",
                "'s3://bucket'",
                "'s3://bucket/'",
                "'s3:///a.jpg'",
                "'S3://bucket/a.jpg'",
                "''",
                "12",
                "{}",
                "'s3://bu cket/a.jpg'",
                "'s3://bucket/a\\u0000.jpg'",
                "'s3://bucket/a\\ud800.jpg'"
            })
    void imageThatIsNotOnS3IsRefused(String source) {
        assertThatThrownBy(() -> parse("{'source-ref':" + source + "}"))
                .isInstanceOf(BadEntry.class)
                .hasMessageStartingWith("source-ref is not an S3 address (s3://BUCKET/KEY)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'source-ref':null}", "{'source_ref':'s3://bucket/a.jpg'}"})
    void lineWithoutAnImageIsRefused(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(BadEntry.class).hasMessage("source-ref is missing");
    }

    @Test
    void longestLineIsReadAndOneCharacterMoreIsRefused() {
        // Given
        String start = quoted("{'source-ref':'s3://bucket/a.jpg','x':'");
        String longest = start + "x".repeat(8192 - start.length() - 2) + "\"}";
        // Then
        assertThat(DatasetEntry.parse(longest + "\r\n").line()).isEqualTo(longest);
        assertThatThrownBy(() -> DatasetEntry.parse(longest.replace("x\"}", "xx\"}")))
                .isInstanceOf(BadEntry.class)
                .hasMessage("longer than 8192 characters");
    }

    @Test
    void lastOfTwoEqualKeysWinsAndNumbersStayAsTheyAre() {
        assertThat(parse("{'source-ref':'s3://bucket/a.jpg','n':0.10,'source-ref':'s3://bucket/b.jpg'}")
                        .line())
                .isEqualTo(quoted("{'source-ref':'s3://bucket/b.jpg','n':0.10}"));
    }

    @Test
    void deepNestingIsRefusedInsteadOfOverflowing() {
        assertThatThrownBy(() ->
                        parse("{'source-ref':'s3://bucket/a.jpg','x':" + "[".repeat(4000) + "]".repeat(4000) + "}"))
                .isInstanceOf(BadEntry.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cookie/train_segmentation.manifest,63,63",
        "piped_paper_rl/train.manifest,192,0",
        "aliens/test.manifest,39,0",
    })
    void publishedManifestsAreReadWholeAndTheirLinesReadAgain(String name, int images, int masks) throws IOException {
        // Given
        Path manifest = Path.of("../../shared/data", name);
        assumeTrue(Files.exists(manifest), "the data sets are not beside the repository");
        // When
        List<DatasetEntry> entries =
                Files.readAllLines(manifest).stream().map(DatasetEntry::parse).toList();
        // Then
        assertThat(entries).hasSize(images).allMatch(entry -> entry.label().isPresent());
        assertThat(entries).filteredOn(entry -> entry.maskRef().isPresent()).hasSize(masks);
        assertThat(entries).allMatch(entry -> DatasetEntry.parse(entry.line()).equals(entry));
    }

    private static DatasetEntry withDate(String value) {
        return parse("{'source-ref':'s3://bucket/a.jpg','anomaly-label':1,'anomaly-label-metadata':"
                + "{'class-name':'normal','creation-date':" + value + "}}");
    }

    private static DatasetEntry parse(String line) {
        return DatasetEntry.parse(quoted(line));
    }

    private static String quoted(String line) {
        return line.replace('\'', '"');
    }
}
