package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** The disk of a part is full for a while. */
@FaultTest(stack = FaultStack.Kind.SMALL_DISKS)
@Isolated
class DiskFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private SmallDisks disks;

    @AfterEach
    void free() {
        disks.free();
    }

    @Fault(37)
    void underPostgres(Scene row) {
        // Given
        disks = row.stack().disks();
        row.prepare();
        String before = row.ask();
        row.trained(before);
        ProcessHandle postgres = row.processes().of("postgres");
        // When: its log needs a new file
        disks.fill("postgres");
        row.fault();
        await("Postgres to give up").atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (postgres.isAlive()) {
                row.database().execute("select pg_switch_wal()");
            }
            return !postgres.isAlive();
        });
        disks.free();
        row.processes().awaitNext("postgres", postgres);
        // Then
        assertThat(row.model(before).status()).isEqualTo(ModelStatus.TRAINED);
        row.trained(row.ask());
    }

    @Fault(37)
    void underKafka(Scene row) {
        // Given
        disks = row.stack().disks();
        row.prepare();
        row.trained(row.ask());
        ProcessHandle kafka = row.processes().of("kafka");
        // When
        disks.fill("kafka");
        row.fault();
        List<String> models = IntStream.range(0, 20).mapToObj(i -> row.ask()).toList();
        await("Kafka to give up").atMost(PATIENCE).until(() -> !kafka.isAlive());
        String later = row.ask();
        disks.free();
        row.processes().awaitNext("kafka", kafka);
        // Then: all were accepted, and none is lost
        models.forEach(model -> row.ended(model, PATIENCE));
        models.forEach(row::trained);
        row.trained(later);
    }

    @Fault(37)
    void underTheWorkers(Scene row) {
        // Given
        disks = row.stack().disks();
        row.prepare();
        // When
        disks.fill("scratch");
        row.fault();
        ModelDescription failed = row.ended(row.ask(), PATIENCE);
        disks.free();
        // Then
        assertThat(failed.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(failed.statusMessage()).contains("scratch").contains("full").endsWith(".");
        row.trained(row.ask());
    }
}
