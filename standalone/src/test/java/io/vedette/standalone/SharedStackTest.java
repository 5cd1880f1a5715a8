package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.RunningStack.PartState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

@StackTest
class SharedStackTest {
    @Test
    void everyPartIsHealthyAndS3KeepsWhatItIsGiven(Customer customer) {
        // When
        customer.s3()
                .putObject(request -> request.bucket(customer.bucket()).key("a/b.txt"), RequestBody.fromString("kept"));
        // Then
        assertThat(customer.s3()
                        .getObjectAsBytes(
                                request -> request.bucket(customer.bucket()).key("a/b.txt"))
                        .asUtf8String())
                .isEqualTo("kept");
        assertThat(customer.stack().parts()).hasSize(7).allMatch(PartState::healthy);
    }

    @Test
    void aKilledTrainerRunsAgain(Customer customer) {
        // Given
        long first = trainer(customer).pid().orElseThrow();
        // When
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(trainer(customer).pid()).isPresent().isNotEqualTo(java.util.Optional.of(first));
            assertThat(trainer(customer).healthy()).isTrue();
        });
    }

    private static PartState trainer(Customer customer) {
        return customer.stack().parts().stream()
                .filter(part -> part.name().equals("trainer"))
                .findFirst()
                .orElseThrow();
    }
}
