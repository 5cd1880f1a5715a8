package io.vedette.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretSealTest {
    private static final String ONE = key((byte) 1);
    private static final String TWO = key((byte) 2);

    @Test
    void whatWasSealedIsOpenedAndShowsNothing() {
        SecretSeal seal = seal(ONE, null);
        byte[] sealed = seal.seal("AKIA1", "very secret");
        assertThat(seal.open("AKIA1", sealed)).isEqualTo(new SecretSeal.Opened("very secret", true));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("very");
        assertThat(seal.seal("AKIA1", "very secret")).isNotEqualTo(sealed);
        assertThat(seal.open("AKIA1", sealed)).asString().doesNotContain("very");
    }

    @Test
    void aSealHoldsForOneAccessKeyAndOneKeyOnly() {
        byte[] sealed = seal(ONE, null).seal("AKIA1", "very secret");
        assertThatThrownBy(() -> seal(ONE, null).open("AKIA2", sealed)).hasMessageContaining("AKIA2");
        assertThatThrownBy(() -> seal(TWO, null).open("AKIA1", sealed)).hasMessageContaining("another");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> seal(ONE, null).open("AKIA1", changed)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theKeyBeforeStillOpensAndIsToldApart() {
        byte[] sealed = seal(ONE, null).seal("AKIA1", "very secret");
        assertThat(seal(TWO, ONE).open("AKIA1", sealed)).isEqualTo(new SecretSeal.Opened("very secret", false));
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutBeingTold() {
        assertThatThrownBy(() -> seal(null, null)).hasMessageContaining("vedette.secrets.key is missing");
        assertThatThrownBy(() -> seal("not base64!", null)).hasMessage("vedette.secrets.key is not base64");
        assertThatThrownBy(() -> seal("c2hvcnQ=", null))
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hv");
    }

    private static SecretSeal seal(String key, String previous) {
        return new SecretSeal(new SecretSettings() {
            @Override
            public Optional<String> key() {
                return Optional.ofNullable(key);
            }

            @Override
            public Optional<String> previousKey() {
                return Optional.ofNullable(previous);
            }
        });
    }

    private static String key(byte filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, filling);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
