package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.RunningStack.PartState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** What PyTorch, the kernel or an owner's wish does to the process that trains, the trainer outlives. */
@StackTest
@Isolated
@Tag("fault") // as row 22, with a real training: with -Pfaults
@Tag("fault-22")
class TrainingProcessTest {
    @Test
    void aTrainingThatIsKilledFailsWithItsCauseAndIsTriedAgain(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("train", 100, 10));
        workshop.dataset("test", workshop.photographs("test", 2, 2));
        workshop.askForModel();
        ProcessHandle trainer = trainer(customer);
        ProcessHandle process = training(trainer);
        // When
        process.destroyForcibly();
        // Then
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> workshop.model("1").statusMessage().contains("This is attempt 2, after a failure."));
        ModelDescription model = workshop.trained("1");
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        assertThat(trainer.isAlive()).isTrue();
        assertThat(trainer.children()).isEmpty();
    }

    private static ProcessHandle training(ProcessHandle trainer) {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> trainer.children().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static ProcessHandle trainer(Customer customer) {
        return customer.stack().parts().stream()
                .filter(part -> part.name().equals("trainer"))
                .findFirst()
                .flatMap(PartState::pid)
                .flatMap(ProcessHandle::of)
                .orElseThrow();
    }
}
