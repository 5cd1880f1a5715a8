package io.vedette.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PatientDetectionTest {
    private static final String ARTIFACT =
            "models/5a4d1e9c-0b6f-4a3e-9a53-0f5d2b6c7e11/runs/" + "c0ffee00-1234-4cde-8f00-aa55aa55aa55/artifact.json";

    private final Places places = new Places(new Settings());

    @Test
    void nothingIsBegunWhileACallerIsInTheHouse() {
        PatientDetection patient = new PatientDetection(null, places);
        places.within(new ModelKey(ARTIFACT, null), 1, () -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> patient.giveWay(() -> {
                        throw new IllegalStateException("asked to stop");
                    }))
                    .withMessage("asked to stop");
            return null;
        });
    }

    @Test
    void whoWaitsIsWokenWhenTheLastCallerLeaves() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<Void> caller =
                CompletableFuture.runAsync(() -> places.within(new ModelKey(ARTIFACT, null), 1, () -> {
                    inside.countDown();
                    return await(leave);
                }));
        await(inside);
        assertThat(places.areEmptyWithin(Duration.ofMillis(1))).isFalse();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> places.areEmptyWithin(Duration.ofMinutes(1)));
        leave.countDown();
        caller.join();
        assertThat(waiting.join()).isTrue();
    }

    private static Void await(CountDownLatch latch) {
        try {
            latch.await();
            return null;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private record Settings() implements InferenceSettings {
        @Override
        public String secret() {
            return "secret";
        }

        @Override
        public int mostModels() {
            return 1;
        }

        @Override
        public MemorySize mostBytes() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public MemorySize networkBytes() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public int queue() {
            return 1;
        }

        @Override
        public int lanes() {
            return 1;
        }

        @Override
        public Path scratch() {
            return Path.of("");
        }
    }
}
