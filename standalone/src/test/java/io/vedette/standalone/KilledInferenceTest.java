package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.stack.RunningStack.PartState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;

/** A line that detects all the time does not notice that the inference service was killed. */
@StackTest
class KilledInferenceTest {
    private static final int CLIENTS = 4;
    private static final int BEFORE = 20;
    private static final int AFTER = 40;

    @Test
    void aKilledInferenceServiceCostsTimeAndNoAnswer(HostedProject project, Customer customer) throws Exception {
        byte[] image = HostedProject.testImage(5);
        DetectAnomalyResult right = DetectTest.detect(project, HostedProject.HOSTED, "image/png", image);
        AtomicInteger answers = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(
                        () -> {
                            while (!enough.get()) {
                                // The usual client, with the SDK's usual retries.
                                assertThat(DetectTest.detect(project, HostedProject.HOSTED, "image/png", image))
                                        .isEqualTo(right);
                                answers.incrementAndGet();
                            }
                        },
                        threads));
            }
            await(clients, answers, BEFORE);
            ProcessHandle.of(inference(customer)).orElseThrow().destroyForcibly();
            await(clients, answers, answers.get() + AFTER);
            enough.set(true);
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
        } finally {
            enough.set(true);
            threads.shutdown();
        }
    }

    private static void await(List<CompletableFuture<Void>> clients, AtomicInteger answers, int count) {
        org.awaitility.Awaitility.await().atMost(HostedProject.PATIENCE).untilAsserted(() -> {
            for (CompletableFuture<Void> client : clients) {
                if (client.isCompletedExceptionally()) {
                    client.join();
                }
            }
            assertThat(answers.get()).isGreaterThanOrEqualTo(count);
        });
    }

    private static long inference(Customer customer) {
        return customer.stack().parts().stream()
                .filter(part -> part.name().equals("inference"))
                .findFirst()
                .flatMap(PartState::pid)
                .orElseThrow();
    }
}
