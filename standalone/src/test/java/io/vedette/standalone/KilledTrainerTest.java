package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.RunningStack.PartState;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** As row 17, with a real training and the leases of production. */
@StackTest
@Isolated
@Tag("fault") // it waits for a lease: with -Pfaults
@Tag("fault-17")
class KilledTrainerTest {
    @Test
    @Tag("LV-235")
    void aModelWhoseTrainerWasKilledInTheMiddleIsTrainedAllTheSameAndOnce(Customer customer) {
        // Given: enough photographs for a training that lasts
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("train", 150, 10));
        workshop.dataset("test", workshop.photographs("test", 2, 2));
        ModelMetadata asked = workshop.askForModel();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> workshop.model("1").statusMessage().contains("Training: Extracting features"));
        // When
        ProcessHandle trainer = ProcessHandle.of(trainer(customer)).orElseThrow();
        assertThat(trainer.destroyForcibly()).isTrue();
        trainer.onExit().join();
        // Then
        assertThat(workshop.model("1").status()).isEqualTo(ModelStatus.TRAINING);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> workshop.model("1").statusMessage().contains("This is attempt 2, after a lost worker."));
        ModelDescription model = workshop.trained("1");
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        // the last word on the model, so that nothing can come after what is read
        workshop.deleteModel("1");
        Lifecycle.assertExactly(
                customer,
                asked.modelArn(),
                "ModelStatusChanged TRAINING",
                "ModelStatusChanged TRAINING>TRAINED",
                "ModelStatusChanged TRAINED>DELETING",
                "ModelDeleted");
    }

    private static long trainer(Customer customer) {
        return customer.stack().parts().stream()
                .filter(part -> part.name().equals("trainer"))
                .findFirst()
                .flatMap(PartState::pid)
                .orElseThrow();
    }
}
