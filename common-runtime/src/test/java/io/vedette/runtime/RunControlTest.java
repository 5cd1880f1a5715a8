package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cancellations are heard whatever goes wrong on their way; on a real broker. */
@Timeout(60)
class RunControlTest {
    private final EventCodec codec = new EventCodec("test");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<UUID> heard = new CopyOnWriteArrayList<>();
    private String prefix;
    private Topics topics;
    private EventProducer producer;

    @TempDir
    Path directory;

    @BeforeEach
    void createTopics(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + ".";
        KafkaSettings kafka = TestBroker.settings(prefix);
        topics = new Topics(kafka);
        topics.ensure();
        producer = new EventProducer(kafka, topics, codec);
    }

    @AfterEach
    void stop() {
        stopped.countDown();
        producer.close();
    }

    @Test
    void aCertificateThatCannotBeReadForAWhileDoesNotEndIt() throws Exception {
        // Given
        Path authority = directory.resolve("authority.pem");
        KafkaSettings renewed = TestBroker.settings(Map.of(
                "bootstrap-servers",
                TestBroker.secureAddress(),
                "topic-prefix",
                prefix,
                "security-protocol",
                "SASL_SSL",
                "sasl.username",
                TestBroker.USER,
                "sasl.password",
                TestBroker.SCRAM_PASSWORD,
                "tls.ca",
                authority.toString()));
        // When
        Thread control = start(renewed, cancelled -> heard.add(cancelled.runId()));
        UUID run = cancel();
        await().until(() -> control.getState() == Thread.State.TIMED_WAITING);
        Files.copy(TestBroker.certificate().pem(), authority);
        // Then
        await().untilAsserted(() -> assertThat(heard).contains(run));
    }

    @Test
    void aCancellationThatCannotBeActedOnIsNotTheLast() {
        // Given
        UUID first = cancel();
        // When
        start(TestBroker.settings(prefix), cancelled -> {
            if (cancelled.runId().equals(first)) {
                throw new IllegalStateException("a bug");
            }
            heard.add(cancelled.runId());
        });
        UUID second = cancel();
        // Then
        await().untilAsserted(() -> assertThat(heard).containsExactly(second));
    }

    private UUID cancel() {
        UUID run = UUID.randomUUID();
        producer.send(Topic.RUN_CONTROL, run.toString(), new RunCancelled(run, UUID.randomUUID(), "superseded"));
        return run;
    }

    private Thread start(KafkaSettings settings, Consumer<RunCancelled> hear) {
        Thread control = new Thread(new RunControl(settings, topics, codec, hear, stopped), "run-control");
        control.setDaemon(true);
        control.start();
        return control;
    }
}
