package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.Replica;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** A worker that was taken for dead comes back while another one does its work. */
@FaultTest
@Tag("quick")
@Isolated
class ZombieFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Fault(21)
    void frozenForLongerThanTheLeaseAndThawed(Scene row) {
        // Given
        row.prepare("slow-3");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        ProcessHandle trainer = row.worker("TRAINING");
        List<ProcessHandle> zombie =
                Stream.concat(Stream.of(trainer), trainer.descendants()).toList();
        // When
        row.fault();
        zombie.forEach(process -> row.processes().signal(process, "STOP"));
        try (Replica second = Replica.start(row.stack().layout(), "trainer")) {
            await().atMost(PATIENCE).until(() -> row.runs("TRAINING") == 2);
            zombie.forEach(process -> row.processes().signal(process, "CONT"));
            // Then
            row.trained(model);
            assertThat(second.process().isAlive()).isTrue();
        } finally {
            zombie.stream()
                    .filter(ProcessHandle::isAlive)
                    .forEach(process -> row.processes().signal(process, "CONT"));
        }
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(2);
        assertThat(trainer.isAlive()).as("the thawed trainer lives on").isTrue();
    }
}
