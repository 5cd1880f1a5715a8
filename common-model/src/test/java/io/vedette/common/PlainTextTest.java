package io.vedette.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void whatControlsIsShownAndAllElseIsLeft() {
        assertThat(PlainText.of("a\nb\r\nc\u001b[31md\u009be\u2028f\u202eg\u2066h\u0000"))
                .isEqualTo("a\\nb\\r\\nc\\u001b[31md\\u009be\\u2028f\\u202eg\\u2066h\\u0000");
        assertThat(PlainText.of("ä 漢字 😀\ttab")).isEqualTo("ä 漢字 😀\ttab");
        assertThat(PlainText.of(null)).isNull();
    }
}
