package io.vedette.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.anomaly.MaskSource;
import io.vedette.anomaly.MaskSource.MaskClass;
import io.vedette.common.S3Uri;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.runtime.UsersMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class S3MaskTest {
    private static final Function<S3Uri, byte[]> NAMES = uri -> uri.toString().getBytes(StandardCharsets.UTF_8);

    @Test
    void anomaliesMaskIsReadFromItsAddressWithTheClassesOfItsLine() throws IOException {
        // When
        MaskSource mask = S3Mask.of(
                        entry(
                                "anomaly",
                                "'0':{'class-name':'cracked','hex-color':'#23A436'},"
                                        + "'1':{'class-name':'burnt','hex-color':'#000000'}"),
                        NAMES)
                .orElseThrow();
        // Then
        assertThat(mask.name()).isEqualTo("s3://bkt/m.png");
        assertThat(mask.read()).isEqualTo(NAMES.apply(new S3Uri("bkt", "m.png")));
        assertThat(mask.classes()).containsExactly(new MaskClass("cracked", 0x23A436), new MaskClass("burnt", 0));
    }

    @Test
    void dummyMaskOfANormalImageIsNoMask() {
        assertThat(S3Mask.of(entry("normal", "'0':{'class-name':'BACKGROUND','hex-color':'#ffffff'}"), NAMES))
                .isEmpty();
    }

    @Test
    void colourMapThatCannotBeUsedNamesTheImage() {
        assertThatThrownBy(() -> S3Mask.of(entry("anomaly", "'0':{'class-name':'cracked'}"), NAMES))
                .isInstanceOf(UsersMistake.class)
                .hasMessage("The manifest's line for s3://bkt/k.jpg cannot be used:"
                        + " the internal-color-map of its mask has no hex-color (#RRGGBB) for cracked.");
    }

    private static DatasetEntry entry(String label, String colors) {
        String line = "{'source-ref':'s3://bkt/k.jpg','anomaly-label':1,'anomaly-label-metadata':{'class-name':'"
                + label
                + "'},'anomaly-mask-ref':'s3://bkt/m.png','anomaly-mask-ref-metadata':{'internal-color-map':{" + colors
                + "}}}";
        return DatasetEntry.parse(line.replace('\'', '"'));
    }
}
