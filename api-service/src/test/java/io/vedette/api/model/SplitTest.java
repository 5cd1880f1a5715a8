package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.model.Split.Image;
import io.vedette.common.ModelArn;
import io.vedette.common.dataset.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
    private static final ModelArn FIRST = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p/1");
    private static final ModelArn SECOND = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p/2");

    @ParameterizedTest
    @CsvSource({"20,10", "10,5", "11,5", "19,9", "25,10", "50,10", "52,10", "53,11", "100,20", "1,0", "0,0"})
    void theTestShareIsAFifthButTenOrHalf(int images, int test) {
        assertThat(Split.share(images)).isEqualTo(test);
    }

    @Test
    void eachLabelGivesItsOwnShare() {
        // Given
        List<Image> images = images(20, 10);
        // When
        Set<String> test = Split.testImages(FIRST, images);
        // Then
        assertThat(images)
                .filteredOn(image -> test.contains(image.sourceRef()) && image.label() == Label.NORMAL)
                .hasSize(10);
        assertThat(images)
                .filteredOn(image -> test.contains(image.sourceRef()) && image.label() == Label.ANOMALY)
                .hasSize(5);
    }

    @Test
    void theOrderOfTheImagesDoesNotMatterButTheModelDoes() {
        // Given
        List<Image> images = images(40, 40);
        List<Image> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, new Random(7));
        // When
        Set<String> test = Split.testImages(FIRST, images);
        // Then
        assertThat(Split.testImages(FIRST, shuffled)).isEqualTo(test);
        assertThat(Split.testImages(SECOND, images)).isNotEqualTo(test);
    }

    private static List<Image> images(int normal, int anomaly) {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < normal + anomaly; i++) {
            images.add(new Image("s3://b/" + i + ".png", i < normal ? Label.NORMAL : Label.ANOMALY));
        }
        return images;
    }
}
