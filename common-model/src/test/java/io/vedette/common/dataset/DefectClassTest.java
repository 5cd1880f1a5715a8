package io.vedette.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefectClassTest {

    @Test
    void guidesColourMapNamesBackgroundAndDefects() {
        // When
        DatasetEntry entry = masked("'0':{'class-name':'BACKGROUND','hex-color':'#ffffff','confidence':0.0},"
                + "'1':{'class-name':'scratch','hex-color':'#7ed321','confidence':0.9},"
                + "'2':{'class-name':'dent','hex-color':'#4dd8ff','confidence':0.1}");
        // Then
        assertThat(entry.defectClasses())
                .containsExactly(
                        new DefectClass("BACKGROUND", 0xFFFFFF),
                        new DefectClass("scratch", 0x7ED321),
                        new DefectClass("dent", 0x4DD8FF));
        assertThat(entry.defectClasses())
                .filteredOn(DefectClass::isBackground)
                .extracting(DefectClass::color)
                .containsExactly("#FFFFFF");
    }

    @ParameterizedTest
    @CsvSource({"#23A436,0x23A436", "#23a436,0x23A436", "23a436,0x23A436", "' #23A436 ',0x23A436", "#f80,0xFF8800"})
    void coloursAreReadAsPeopleWriteThem(String written, String rgb) {
        assertThat(masked("'0':{'class-name':'cracked','hex-color':'" + written + "'}")
                        .defectClasses())
                .containsExactly(new DefectClass("cracked", Integer.decode(rgb)));
    }

    @Test
    void classesSurviveTheRenamingOfTheLine() {
        // Given
        DatasetEntry entry = parse("{'source-ref':'s3://bucket/a.jpg','my-ref':'s3://bucket/m.png',"
                + "'my-ref-metadata':{'internal-color-map':{'0':{'class-name':'ein Riß','hex-color':'#010203'}}}}");
        // When, Then
        assertThat(DatasetEntry.parse(entry.line()).defectClasses())
                .isEqualTo(entry.defectClasses())
                .containsExactly(new DefectClass("ein Riß", 0x010203));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'0':{'class-name':'cracked'}",
                "'0':{'class-name':'cracked','hex-color':'green'}",
                "'0':{'class-name':'cracked','hex-color':7}",
                "'0':{'hex-color':'#23A436'}",
                "'0':{'class-name':' ','hex-color':'#23A436'}",
                "'0':'cracked'",
            })
    void colourMapThatSaysTooLittleIsBadOnlyWhenItIsNeeded(String map) {
        // When
        DatasetEntry entry = masked(map);
        // Then
        assertThat(entry.maskRef()).isPresent();
        assertThatThrownBy(entry::defectClasses)
                .isInstanceOf(BadEntry.class)
                .hasMessageStartingWith("the internal-color-map of its mask has");
    }

    @Test
    void lineWithoutMaskHasNoClasses() {
        assertThat(parse("{'source-ref':'s3://bucket/a.jpg'}").defectClasses()).isEmpty();
        assertThat(masked("").defectClasses()).isEmpty();
    }

    private static DatasetEntry masked(String map) {
        return parse("{'source-ref':'s3://bucket/a.jpg','anomaly-mask-ref':'s3://bucket/m.png',"
                + "'anomaly-mask-ref-metadata':{'type':'groundtruth/semantic-segmentation','internal-color-map':{" + map
                + "}}}");
    }

    private static DatasetEntry parse(String line) {
        return DatasetEntry.parse(line.replace('\'', '"'));
    }
}
