package io.vedette.api.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.common.Scope;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class CallerBucketsTest {
    @Inject
    CallerBuckets buckets;

    @Inject
    AccountBuckets accounts;

    @Inject
    Caller caller;

    @Test
    @ActivateRequestContext
    void anAccountWithAListMayNameOnlyWhatIsOnIt() {
        account("000000000041", "[\"line-1\",\"line-2\"]");
        caller.is(new Scope("000000000041", "us-east-1"), "AKIATEST");
        assertThatCode(() -> buckets.check("line-2", "Bucket")).doesNotThrowAnyException();
        assertThatThrownBy(() -> buckets.check("line-3", "OutputConfig.S3Location.Bucket"))
                .isInstanceOfSatisfying(
                        ServiceException.class, it -> assertThat(it.error()).isEqualTo(AwsError.VALIDATION))
                .hasMessageContaining("OutputConfig.S3Location.Bucket")
                .hasMessageContaining("line-3");
    }

    @Test
    @ActivateRequestContext
    void anAccountWithoutAListMayNameAnyButTheServicesOwn() {
        account("000000000042", "null");
        caller.is(new Scope("000000000042", "us-east-1"), "AKIATEST");
        assertThatCode(() -> buckets.check("anything", "Bucket")).doesNotThrowAnyException();
        assertThatThrownBy(() -> buckets.check("vedette", "Bucket")).hasMessageContaining("service's own");
    }

    @Test
    void anEmptyListIsNoBucketAtAll() {
        account("000000000043", "[]");
        assertThat(accounts.mayName("000000000043", "line-1")).isFalse();
        assertThat(accounts.mayName("000000000001", "line-1")).isTrue();
    }

    private static void account(String account, String buckets) {
        String body = "{\"Name\":\"b\",\"Buckets\":" + buckets + "}";
        assertThat(SignedCalls.ofRoot()
                        .call(
                                "PUT",
                                "/vedette/v1/accounts/" + account,
                                Map.of("Content-Type", "application/json"),
                                body)
                        .status())
                .isEqualTo(200);
    }
}
