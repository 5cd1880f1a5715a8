package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.stack.RunningStack.PartState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;

/** A line that detects all the time does not notice that the inference service was killed. */
@StackTest
class KilledInferenceTest {
    private static final int CLIENTS = 4;
    private static final int BEFORE = 20;
    private static final int AFTER = 40;
    /** How long the line goes on, with the kill in its middle; the with {@code -Dvedette.kill.minutes=10}. */
    private static final Duration LASTS = Duration.ofMinutes(Integer.getInteger("vedette.kill.minutes", 0));

    /** Counts the answers that the SDK's own retries have absorbed. */
    private static final class Absorbed implements ExecutionInterceptor {
        private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

        @Override
        public void afterTransmission(Context.AfterTransmission call, ExecutionAttributes attributes) {
            answers.merge(call.httpResponse().statusCode(), 1, Integer::sum);
        }
    }

    @Test
    void aKilledInferenceServiceCostsTimeAndNoAnswer(HostedProject project, Customer customer) throws Exception {
        byte[] image = HostedProject.testImage(5);
        DetectAnomalyResult right = DetectTest.detect(project, HostedProject.HOSTED, "image/png", image);
        Absorbed absorbed = new Absorbed();
        AtomicInteger answers = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (LookoutVisionClient counted = Retrying.usual(project.vision(), absorbed)) {
            HostedProject line = new HostedProject(counted, project.s3(), project.name());
            long start = System.nanoTime();
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(
                        () -> {
                            while (!enough.get()) {
                                // The usual client, with the SDK's usual retries.
                                assertThat(DetectTest.detect(line, HostedProject.HOSTED, "image/png", image))
                                        .isEqualTo(right);
                                answers.incrementAndGet();
                            }
                        },
                        threads));
            }
            await(clients, answers, BEFORE, start + LASTS.toNanos() / 2);
            ProcessHandle.of(inference(customer)).orElseThrow().destroyForcibly();
            await(clients, answers, answers.get() + AFTER, start + LASTS.toNanos());
            enough.set(true);
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
            assertThat(absorbed.answers.keySet()).allMatch(status -> status == 200 || status == 429 || status >= 500);
            System.out.printf(
                    "KILLED after %d s of %d s: %d right answers, none wrong, none failed; HTTP answers by status %s%n",
                    LASTS.toSeconds() / 2, LASTS.toSeconds(), answers.get(), absorbed.answers);
        } finally {
            enough.set(true);
            threads.shutdown();
        }
    }

    private static void await(List<CompletableFuture<Void>> clients, AtomicInteger answers, int count, long until) {
        Awaitility.await().atMost(HostedProject.PATIENCE.plus(LASTS)).untilAsserted(() -> {
            for (CompletableFuture<Void> client : clients) {
                if (client.isCompletedExceptionally()) {
                    client.join();
                }
            }
            assertThat(answers.get()).isGreaterThanOrEqualTo(count);
            assertThat(System.nanoTime() - until).isNotNegative();
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
