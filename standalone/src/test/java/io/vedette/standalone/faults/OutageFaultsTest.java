package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.parallel.Isolated;

/** Kafka, Postgres or S3 is away, deaf or forgetful while work goes on. */
@FaultTest
@Isolated
class OutageFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MANY = 24;
    private static final int TRIES = 4;
    /** A try takes some seconds (api.outbox.Courier), and there are pauses between. */
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(3);

    private static final Duration LONGER_THAN_THE_LEASE = FaultStack.LEASE.plusSeconds(4);

    @Fault(7)
    void kafkaIsAwayUntilTheRelayHasGivenUpOnManyEventsAgainAndAgain(Scene row) {
        // Given
        row.prepare();
        ProcessHandle api = row.processes().of("api");
        long saidBefore = tries(row);
        // When
        row.fault();
        row.stack().proxies().kafka().cut();
        List<String> models = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            models.add(row.askOnce(UUID.randomUUID().toString()).modelVersion());
        }
        await().atMost(LONGEST_OUTAGE).until(() -> tries(row) >= saidBefore + TRIES);
        assertThat(row.unsent()).isGreaterThanOrEqualTo(2 * MANY);
        row.stack().proxies().kafka().heal();
        // Then
        models.forEach(row::trained);
        assertThat(row.database().number("select count(*) from outbox where parked is not null"))
                .isZero();
        assertThat(row.processes().of("api").pid()).as("the api lives on").isEqualTo(api.pid());
    }

    /** So often the relay has given up on what it had in hand, for a while. */
    private static long tries(Scene row) {
        return row.stack().said("api", "waiting relay=outbox");
    }

    @Fault(8)
    void kafkaIsAwayForLongerThanTheLease(Scene row) {
        // Given
        row.prepare("slow-16");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        // When
        row.fault();
        row.stack().proxies().kafka().cut();
        row.letPass(LONGER_THAN_THE_LEASE);
        row.stack().proxies().kafka().heal();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    @Fault(9)
    void kafkaIsDeafForAMinute(Scene row) {
        // Given
        row.prepare("slow-5");
        String first = row.ask();
        row.awaitMessage(first, "rehearsing slowly");
        // When
        row.fault();
        row.stack().proxies().kafka().hold();
        String second = row.askOnce(UUID.randomUUID().toString()).modelVersion();
        row.letPass(Duration.ofSeconds(60));
        row.stack().proxies().kafka().heal();
        // Then
        row.trained(first);
        row.trained(second);
    }

    @Fault(10)
    void theTopicAndTheOffsetsOfItsGroupAreLost(Scene row) throws Exception {
        // Given: a request that lies on its topic
        row.prepare();
        ProcessHandle trainer = row.processes().of("trainer");
        row.processes().signal(trainer, "STOP");
        String model = row.ask();
        await().atMost(PATIENCE).until(() -> row.requests() == 1);
        // When
        row.fault();
        String topic = Topic.TRAINING_REQUESTED.suffix();
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", row.stack().kafka()))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of("vedette.trainers")).all().get(); // once it is empty
                return true;
            });
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(topic, Optional.of(64), Optional.empty())
                                .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                        .all()
                        .get();
                return true;
            });
        }
        row.processes().signal(trainer, "CONT");
        // Then
        row.trained(model);
        row.witness().excuse(3); // the topic is gone with what was on it
    }

    @Fault(11)
    void postgresEndsAgainAndAgainDuringWrites(Scene row) {
        // Given
        row.prepare();
        CompletableFuture<List<String>> models = CompletableFuture.supplyAsync(() -> {
            List<String> versions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                versions.add(row.ask());
            }
            return versions;
        });
        // When
        for (int i = 0; i < 3; i++) {
            ProcessHandle postgres = row.processes().of("postgres");
            row.fault();
            row.processes().end(postgres, "QUIT"); // as pg_ctl stop -m immediate
            row.processes().awaitNext("postgres", postgres);
            row.letPass(Duration.ofMillis(500));
        }
        // Then
        models.join().forEach(row::trained);
        assertThat(row.workshop().models()).hasSize(12);
    }

    @Fault(12)
    void postgresIsAwayForLongerThanTheLease(Scene row) {
        // Given
        row.prepare("slow-16");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        // When
        row.fault();
        row.stack().proxies().postgres().cut();
        row.letPass(LONGER_THAN_THE_LEASE);
        row.stack().proxies().postgres().heal();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    @Fault(12)
    void postgresIsAwayWhenAnEvaluationIsDue(Scene row) {
        // Given
        row.prepare("slow-3");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        // When
        row.fault();
        row.stack().proxies().postgres().cut();
        row.letPass(FaultStack.LEASE.plusSeconds(1)); // of it the evaluator waits for less than VEDETTE_STALL
        row.stack().proxies().postgres().heal();
        // Then: the evaluator has waited
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
        assertThat(row.evaluationsBegun()).as("evaluations").isEqualTo(1);
    }

    @Fault(13)
    void theConnectionIsCutBetweenTheCommitAndItsAnswer(Scene row) {
        // Given
        row.prepare();
        row.fault();
        row.stack().proxies().postgres().cutInsteadOf(row.arns(), "COMMIT");
        // When
        String model = row.ask("one-token");
        // Then
        assertThat(row.stack().proxies().postgres().isSprung()).isTrue();
        assertThat(model).isEqualTo("1");
        row.trained(model);
        assertThat(row.workshop().models()).hasSize(1);
    }

    @Fault(35)
    void theApiStandsStillWhileHeartbeatsPileUp(Scene row) {
        // Given: one training that lives, and one whose worker dies meanwhile
        row.prepare("slow-16");
        Scene dying = row.another("dying");
        dying.prepare("once-stall");
        String dead = dying.ask();
        dying.awaitMessage(dead, "rehearsing");
        ProcessHandle api = row.processes().of("api");
        // When
        row.processes().signal(api, "STOP");
        dying.kill("trainer");
        row.letPass(Duration.ofSeconds(5));
        row.processes().signal(api, "CONT");
        String alive = row.ask();
        row.awaitMessage(alive, "rehearsing slowly");
        row.fault();
        row.processes().signal(api, "STOP");
        row.letPass(LONGER_THAN_THE_LEASE);
        row.processes().signal(api, "CONT");
        // Then
        row.trained(alive);
        dying.trained(dead);
        assertThat(row.runs("TRAINING")).as("trainings of the living one").isEqualTo(1);
        assertThat(dying.runs("TRAINING")).as("trainings of the dead one").isEqualTo(2);
    }
}
