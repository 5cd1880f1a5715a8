package io.vedette.api.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.aws.ServiceException;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class QuotasTest {
    private static final Resource MODEL = Resource.model(new ProjectName("p"), ModelVersion.parse("1"));

    @Inject
    Quotas quotas;

    @Inject
    EntityManager entities;

    @Test
    @Tag("LV-139")
    void ofTwentyAtOnceAsManyTrainAsTheQuotaAllows() throws Exception {
        // Given
        Scope scope = account("000000000031", 3, null);
        UUID project = project(scope);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        CountDownLatch begin = new CountDownLatch(1);
        // When
        List<Future<Boolean>> all = IntStream.rangeClosed(1, 20)
                .mapToObj(version -> threads.submit(() -> {
                    begin.await();
                    return trained(scope, project, version);
                }))
                .toList();
        begin.countDown();
        // Then
        int accepted = 0;
        for (Future<Boolean> each : all) {
            accepted += each.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(accepted).isEqualTo(3);
        assertThatCode(() -> check(new Scope(scope.account(), "eu-west-1"))).doesNotThrowAnyException();
    }

    @Test
    @Tag("LV-013")
    void aTrainingBeyondTheQuotaIsRefusedByItsCode() {
        Scope scope = account("000000000032", 1, null);
        UUID project = project(scope);
        assertThat(trained(scope, project, 1)).isTrue();
        assertThatCode(() -> check(scope)).isInstanceOfSatisfying(ServiceException.class, refusal -> {
            assertThat(refusal.error()).isEqualTo(AwsError.QUOTA_EXCEEDED);
            assertThat(refusal).hasMessageContaining("1 models in training");
            assertThat(refusal.resource()).contains(MODEL);
        });
    }

    @Test
    void anAccountIsUnlimitedUnlessItSaysOtherwise() {
        Scope scope = account("000000000033", null, null);
        UUID project = project(scope);
        for (int version = 1; version <= 5; version++) {
            assertThat(trained(scope, project, version)).isTrue();
        }
    }

    @Test
    @Tag("LV-014")
    void callsAboveTheRateAreToldToComeBackLater() {
        // Given
        account("000000000034", null, 2);
        Answer made = SignedCalls.ofRoot()
                .post(
                        "/vedette/v1/access-keys",
                        "{\"Account\":\"000000000034\",\"Name\":\"k\",\"Policies\":[\"AdministratorAccess\"]}");
        SignedCalls calls = new SignedCalls(
                made.json().at("/AccessKey/AccessKeyId").textValue(),
                made.json().get("SecretAccessKey").textValue(),
                "us-east-1");
        // When
        List<Answer> answers = IntStream.range(0, 30)
                .mapToObj(i -> calls.get("/2020-11-20/projects"))
                .toList();
        // Then
        Answer refused =
                answers.stream().filter(it -> it.status() == 429).findFirst().orElseThrow();
        assertThat(refused.error()).isEqualTo("ThrottlingException");
        assertThat(Integer.parseInt(refused.headers().get("retry-after"))).isPositive();
        assertThat(refused.json().get("QuotaCode").textValue()).isEqualTo("requests-per-second");
        assertThat(refused.json().get("ServiceCode").textValue()).isEqualTo("lookoutvision");
        assertThat(answers.stream().filter(it -> it.status() == 200).count()).isGreaterThanOrEqualTo(2);
        assertThat(calls.get("/2020-11-20/projects/p").status()).isEqualTo(404);
    }

    private boolean trained(Scope scope, UUID project, int version) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                quotas.checkTrainings(scope, MODEL);
                entities.createNativeQuery("insert into model (model_id, account, region, project_id, project_name,"
                                + " version, created_at, output_bucket, output_prefix, status) values (?1, ?2, ?3, ?4,"
                                + " 'p', ?5, now(), 'b', '', 'TRAINING')")
                        .setParameter(1, UUID.randomUUID())
                        .setParameter(2, scope.account())
                        .setParameter(3, scope.region())
                        .setParameter(4, project)
                        .setParameter(5, version)
                        .executeUpdate();
            });
            return true;
        } catch (ServiceException refusal) {
            assertThat(refusal.error()).isEqualTo(AwsError.QUOTA_EXCEEDED);
            return false;
        }
    }

    private void check(Scope scope) {
        QuarkusTransaction.requiringNew().run(() -> quotas.checkTrainings(scope, MODEL));
    }

    private static Scope account(String account, Integer trainings, Integer requests) {
        String body =
                "{\"Name\":\"q\",\"ConcurrentTrainings\":" + trainings + ",\"RequestsPerSecond\":" + requests + "}";
        Answer answer = SignedCalls.ofRoot()
                .call("PUT", "/vedette/v1/accounts/" + account, Map.of("Content-Type", "application/json"), body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new Scope(account, "us-east-1");
    }

    private UUID project(Scope scope) {
        UUID project = UUID.randomUUID();
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "insert into project (project_id, account, region, name, created_at)"
                                        + " values (?1, ?2, ?3, 'p', now())")
                        .setParameter(1, project)
                        .setParameter(2, scope.account())
                        .setParameter(3, scope.region())
                        .executeUpdate());
        return project;
    }
}
