package io.vedette.api.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
    private final PageTokens tokens = new PageTokens();

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "a-project_name", "größe 漢"})
    void aTokenLeadsBackToItsPosition(String position) {
        String token = tokens.encode("ListProjects x", position);
        assertThat(token).matches("[a-zA-Z0-9/+=]{1,2048}");
        assertThat(tokens.decode("ListProjects x", token)).isEqualTo(position);
    }

    @Test
    void theLongestNameFitsIntoAToken() {
        assertThat(tokens.encode("x", "n".repeat(255))).hasSizeLessThan(2048);
    }

    @Test
    void aTokenOfAnotherListingIsRefused() {
        assertRefused("ListProjects y", tokens.encode("ListProjects x", "7"));
        // the border between binding and position counts too
        assertRefused("ListProjects x7", tokens.encode("ListProjects x", "70"));
    }

    @Test
    void aTokenWithAnyBitChangedIsRefused() {
        byte[] token = Base64.getDecoder().decode(tokens.encode("x", "42"));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused("x", Base64.getEncoder().encodeToString(changed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "=", "====", "garbage", "AAAA", "a-b", "a_b", "a.b", " ", "+/+/"})
    void garbageIsRefused(String token) {
        assertRefused("x", token);
        assertRefused("x", "A".repeat(2049));
    }

    private void assertRefused(String binding, String token) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> tokens.decode(binding, token))
                .matches(refused -> refused.error() == AwsError.VALIDATION);
    }
}
