package io.vedette.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.api.sigv4.OracleRequest.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    private static final String EXAMPLE_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static final Instant CAPTURED_AT = Instant.parse("2026-11-24T11:46:13Z");

    // aws-cli/2.9.19 Python/3.11.2 source/x86_64.debian.12: create-project
    private static final Signed CREATE_PROJECT = captured(
            "POST",
            "/2020-11-20/projects",
            "{\"ProjectName\": \"circuit-boards\"}",
            Map.of(
                    "x-amzn-client-token", "5a1e",
                    "content-type", "application/json",
                    "x-amz-date", "20261124T114612Z",
                    "authorization",
                            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/us-east-1/lookoutvision/aws4_request,"
                                    + " SignedHeaders=content-type;host;x-amz-date;x-amzn-client-token,"
                                    + " Signature=27a34b9924b37669fcf1daed2b5680d2962c3d890d37605823558e0d5bed02ed"));

    // aws-cli/2.9.19 Python/3.11.2 source/x86_64.debian.12: list-tags-for-resource, with a session token
    private static final Signed LIST_TAGS = captured(
            "GET",
            "/2020-11-20/tags/arn%3Aaws%3Alookoutvision%3Aus-east-1%3A123456789012%3Amodel%2Fp1%2F1",
            "",
            Map.of(
                    "x-amz-date", "20261124T114613Z",
                    "x-amz-security-token", "FwoGZXIvYXdzEBY/+=",
                    "authorization",
                            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/us-east-1/lookoutvision/aws4_request,"
                                    + " SignedHeaders=host;x-amz-date;x-amz-security-token,"
                                    + " Signature=ed037b1e875f1c04206b029d506fc0d262a5e640e5d3549a0bff5a8acd28d723"));

    @RepeatedTest(300)
    @Tag("LV-004")
    void whatTheSdkHasSignedIsRight(RepetitionInfo repetition) {
        Signed signed = OracleRequest.random(new Random(repetition.getCurrentRepetition()));
        assertThat(isRight(signed)).as(signed.toString()).isTrue();
    }

    @RepeatedTest(100)
    @Tag("LV-003")
    void whatWasChangedAfterSigningIsWrong(RepetitionInfo repetition) {
        Signed signed = OracleRequest.random(new Random(repetition.getCurrentRepetition()));
        for (Signed tampered : Tampering.of(signed)) {
            assertThat(isRight(tampered)).as("%s%nfrom %s", tampered, signed).isFalse();
        }
    }

    @Test
    @Tag("LV-005")
    void theCommandLineNeedNotSendTheBodysHash() {
        assertThat(isRight(CREATE_PROJECT)).isTrue();
        assertThat(isRight(CREATE_PROJECT.withBody("{\"ProjectName\":\"circuit-boards\"}")))
                .isFalse();
    }

    @Test
    @Tag("LV-007")
    @Tag("LV-008")
    void encodedPathsAndSessionTokensAreSigned() {
        assertThat(isRight(LIST_TAGS)).isTrue();
        assertThat(CanonicalRequest.path("/tags/arn%3Aaws%2Fp")).isEqualTo("/tags/arn%253Aaws%252Fp");
        assertThat(isRight(LIST_TAGS.withTarget(LIST_TAGS.target().replace("%2F", "/"))))
                .isFalse();
        assertThat(isRight(LIST_TAGS.withHeader("x-amz-security-token", "other")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T11:31:12Z, true", "2026-11-24T12:01:12Z, true", "2026-11-24T11:31:11Z, false"})
    void signaturesHoldForAQuarterOfAnHour(Instant now, boolean holds) {
        if (holds) {
            assertThatCode(() -> Signatures.read(CREATE_PROJECT.request(), now)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Signatures.read(CREATE_PROJECT.request(), now))
                    .isInstanceOf(BadSignature.class)
                    .hasMessageStartingWith("Signature expired");
        }
    }

    @Test
    void anUnsignedBodyIsTakenOnlyOverAnEncryptedConnection() {
        Signed signed = OracleRequest.unsignedPayload();
        assertThat(isRight(signed)).isFalse();
        assertThat(isRight(signed.overTls())).isTrue();
        assertThat(isRight(signed.overTls().withBody("any other"))).isTrue();
    }

    @Test
    void chunkedSignaturesAreRefused() {
        assertThatThrownBy(() -> Signatures.isRight(
                        LIST_TAGS
                                .withHeader("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                                .request(),
                        Signatures.read(LIST_TAGS.request(), LIST_TAGS.time()),
                        new byte[0],
                        EXAMPLE_SECRET))
                .isInstanceOf(BadSignature.class)
                .hasMessageContaining("x-amz-content-sha256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date,"
                        + " Signature=0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/lookoutvision/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/lookoutvision/aws4_request,"
                        + " SignedHeaders=x-amz-date;host,"
                        + " Signature=0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/lookoutvision/aws4_request,"
                        + " SignedHeaders=x-amz-date,"
                        + " Signature=0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/lookoutvision/aws4_request, SignedHeaders=host,"
                        + " Signature=0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/lookoutvision/aws4_request,"
                        + " SignedHeaders=host;x-amz-date, Signature=00",
            })
    void malformedOrForeignSignaturesAreRefusedWithoutTheSecret(String authorization) {
        WireRequest request =
                CREATE_PROJECT.withHeader("authorization", authorization).request();
        assertThatThrownBy(() -> Signatures.read(request, CREATE_PROJECT.time()))
                .isInstanceOfSatisfying(
                        BadSignature.class, bad -> assertThat(bad.flaw()).isEqualTo(BadSignature.Flaw.WRONG));
    }

    @Test
    void aSignatureThatIsNotThereIsMissing() {
        WireRequest unsigned = new WireRequest("GET", "/", Map.of(), false);
        WireRequest bearer = new WireRequest("GET", "/", Map.of("authorization", List.of("Bearer x")), false);
        for (WireRequest request : List.of(unsigned, bearer)) {
            assertThatThrownBy(() -> Signatures.read(request, Instant.EPOCH))
                    .isInstanceOfSatisfying(
                            BadSignature.class, bad -> assertThat(bad.flaw()).isEqualTo(BadSignature.Flaw.MISSING));
        }
    }

    private static Signed captured(String method, String target, String body, Map<String, String> headers) {
        Signed signed = new Signed(
                method, target, Map.of("host", List.of("127.0.0.1:18999")), body, EXAMPLE_SECRET, CAPTURED_AT, false);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            signed = signed.withHeader(header.getKey(), header.getValue());
        }
        return signed;
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
