package io.vedette.api.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClaimedWorkTest {
    private final Queue<String> jobs = new ConcurrentLinkedQueue<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private ClaimedWork<String> work;

    @AfterEach
    void stop() throws InterruptedException {
        work.stop();
    }

    @Test
    void everyJobIsWorkedAtOnce() {
        for (int i = 0; i < 100; i++) {
            jobs.add("job " + i);
        }
        start(3, done::add);
        await().until(() -> done.size() == 100);
        assertThat(done).doesNotHaveDuplicates();
    }

    @Test
    void whoIsWokenLooksAtOnce() {
        AtomicInteger looks = new AtomicInteger();
        work = new ClaimedWork<>("test", 1, () -> look(looks), done::add);
        work.start();
        await().until(() -> looks.get() == 1);
        jobs.add("new");
        work.wake();
        await().atMost(Duration.ofMillis(1500))
                .until(() -> done.contains("new")); // a look without being woken takes 2 s
    }

    @Test
    void aLookThatFailsAndAJobThatThrowsStopNothing() {
        AtomicInteger looks = new AtomicInteger();
        jobs.addAll(List.of("throws", "overflows", "fine"));
        work = new ClaimedWork<>(
                "test",
                1,
                () -> {
                    if (looks.incrementAndGet() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return Optional.ofNullable(jobs.poll());
                },
                ClaimedWorkTest.this::perform);
        work.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            work.wake();
            return done.contains("fine");
        });
    }

    @Test
    void aStopInterruptsTheJobAndNothingIsClaimedAfterIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        jobs.addAll(List.of("long", "next"));
        start(1, job -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        // When
        work.stop();
        // Then
        assertThat(interrupted.getCount()).isZero();
        assertThat(work.isStopping()).isTrue();
        assertThat(jobs).containsExactly("next");
    }

    @Test
    void whatFailsIsLeftAloneForLongerEachTimeUpToAMinute() {
        work = new ClaimedWork<>("test", 1, Optional::empty, done::add);
        assertThat(List.of(1, 2, 5, 7, 100).stream().map(ClaimedWork::pauseAfter))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60));
    }

    private void perform(String job) {
        if (job.equals("throws")) {
            throw new IllegalArgumentException(job);
        }
        if (job.equals("overflows")) {
            throw new StackOverflowError();
        }
        done.add(job);
    }

    private Optional<String> look(AtomicInteger looks) {
        looks.incrementAndGet();
        return Optional.ofNullable(jobs.poll());
    }

    private void start(int threads, java.util.function.Consumer<String> perform) {
        work = new ClaimedWork<>("test", threads, () -> Optional.ofNullable(jobs.poll()), perform);
        work.start();
    }
}
