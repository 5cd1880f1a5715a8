package io.vedette.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.sigv4.OracleRequest.Parts;
import io.vedette.api.sigv4.OracleRequest.Signed;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Our signatures against those of the AWS SDK's own signer, over requests that jqwik makes up, and makes smaller. */
class SignatureProperties {
    @Property(tries = 500)
    @Tag("LV-004")
    @Tag("LV-007")
    void whatTheSdkHasSignedIsRight(@ForAll("requests") Parts parts) {
        assertThat(isRight(OracleRequest.of(parts))).isTrue();
    }

    @Property(tries = 150)
    @Tag("LV-003")
    void whatWasChangedAfterSigningIsWrong(@ForAll("requests") Parts parts) {
        for (Signed tampered : Tampering.of(OracleRequest.of(parts))) {
            assertThat(isRight(tampered)).as(tampered.toString()).isFalse();
        }
    }

    @Property(tries = 300)
    void anyAuthorizationIsReadOrRefused(@ForAll("requests") Parts parts, @ForAll("headers") String authorization) {
        Signed signed = OracleRequest.of(parts).withHeader("authorization", authorization);
        assertThat(isRight(signed)).isFalse();
    }

    @Provide
    Arbitrary<Parts> requests() {
        Arbitrary<String> text = text(12);
        return Combinators.combine(
                        Arbitraries.of("GET", "POST", "PATCH", "DELETE", "PUT"),
                        text.list().ofMaxSize(4),
                        Arbitraries.maps(
                                        text.map(key -> "k" + key),
                                        text.list().ofMinSize(1).ofMaxSize(3))
                                .ofMaxSize(4),
                        text(200),
                        Arbitraries.strings()
                                .ascii()
                                .excludeChars('\u0000')
                                .ofMinLength(1)
                                .ofMaxLength(60)
                                .map(secret -> "s" + secret.strip() + "s"),
                        Arbitraries.strings().alpha().numeric().withChars("/+=").ofMaxLength(40))
                .as(Parts::new);
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> junk =
                Arbitraries.strings().ascii().excludeChars('\u0000').ofMaxLength(80);
        return Arbitraries.oneOf(
                junk,
                junk.map(rest -> "AWS4-HMAC-SHA256 " + rest),
                junk.map(rest -> "AWS4-HMAC-SHA256 Credential=A/20260228/eu-west-1/lookoutvision/aws4_request,"
                        + " SignedHeaders=host;x-amz-date, Signature=" + rest));
    }

    private static Arbitrary<String> text(int longest) {
        return Arbitraries.strings()
                .withChars("abcXYZ019-._~ /:%&=+;,'()*!$@?#\"<>|{}^`\u00e4\u00df\u6f22")
                .ofMaxLength(longest);
    }

    private static boolean isRight(Signed signed) {
        try {
            Authorization authorization = Signatures.read(signed.request(), signed.time());
            return Signatures.isRight(
                    signed.request(), authorization, signed.body().getBytes(StandardCharsets.UTF_8), signed.secret());
        } catch (BadSignature bad) {
            return false;
        }
    }
}
