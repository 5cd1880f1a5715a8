package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;

/** The object store refuses, cuts, dawdles or does not know yet. */
@FaultTest
@Isolated
class StoreFaultsTest {
    private static final Duration STORM = Duration.ofSeconds(6);

    private TcpProxy s3;

    @AfterEach
    void heal() {
        s3.heal();
    }

    @Fault(30)
    void everyRequestIsRefusedForAWhile(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare("slow-2");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        // When
        row.fault();
        s3.answer(" HTTP/1.1\r\n", Integer.MAX_VALUE, 503, "SlowDown");
        row.letPass(STORM);
        s3.heal();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
        assertThat(row.runs("EVALUATION")).as("evaluations").isEqualTo(1);
    }

    @Fault(30)
    void anUploadIsCutInTheMiddle(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        row.fault();
        s3.tear("PUT \\S*/model.safetensors");
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(s3.isTorn()).isTrue();
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    @Fault(30)
    void everyRequestIsSlow(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        row.fault();
        s3.slow(Duration.ofMillis(100));
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    @Fault(30)
    void whatWasWrittenIsNotFoundAtFirst(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        row.fault();
        row.fault();
        s3.answer("GET /vedette/models/\\S*/train.jsonl", 1, 404, "NoSuchKey");
        s3.answer("GET /vedette/models/\\S*/model.safetensors", 1, 404, "NoSuchKey");
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isLessThanOrEqualTo(2);
        assertThat(row.runs("EVALUATION")).as("evaluations").isLessThanOrEqualTo(2);
    }
}
