package io.vedette.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedPartTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private Home home;

    /** A process that does nothing, under the name of a part. */
    private record Sleeper(String name, boolean healthy, String... words) implements Part {
        @Override
        public String address() {
            return "127.0.0.1:1";
        }

        @Override
        public ProcessBuilder command() {
            return new ProcessBuilder(words);
        }
    }

    /** A part that says how it is. */
    private record Pulsing(Part part, AtomicReference<Pulse> now) implements Part {
        @Override
        public String name() {
            return part.name();
        }

        @Override
        public String address() {
            return part.address();
        }

        @Override
        public ProcessBuilder command() throws IOException {
            return part.command();
        }

        @Override
        public boolean healthy() {
            return part.healthy();
        }

        @Override
        public Pulse pulse() {
            return now.get();
        }
    }

    @BeforeEach
    void makeHome() {
        home = new Home(folder.resolve("home"));
        home.create();
    }

    @Test
    void aPartThatWasKilledRunsAgainAndALineSaysSo() throws Exception {
        // Given
        SupervisedPart part =
                new SupervisedPart(new Sleeper("trainer", true, "sleep", "60"), home, PAUSE, notices::add);
        part.start();
        long first = pid("trainer");
        // When
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(notices).hasSize(2));
        assertThat(notices.get(0)).startsWith("trainer stopped unexpectedly (exit code 137)");
        assertThat(pid("trainer")).isNotEqualTo(first);
        part.stop(Duration.ofSeconds(5));
    }

    @Test
    void aPartThatSaysThatItNoLongerWorksIsStartedAnew() throws Exception {
        // Given
        AtomicReference<Part.Pulse> pulse = new AtomicReference<>(Part.Pulse.WELL);
        Sleeper sleeper = new Sleeper("trainer", true, "sleep", "60");
        SupervisedPart part = new SupervisedPart(new Pulsing(sleeper, pulse), home, PAUSE, notices::add);
        part.start();
        long first = pid("trainer");
        // When
        pulse.set(Part.Pulse.SICK);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(notices).hasSize(1));
        pulse.set(Part.Pulse.WELL);
        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(notices).hasSize(2));
        assertThat(notices.get(0)).startsWith("trainer says that it no longer works and was stopped");
        assertThat(ProcessHandle.of(first)).isEmpty();
        assertThat(pid("trainer")).isNotEqualTo(first);
        part.stop(Duration.ofSeconds(5));
    }

    @Test
    void aStoppedPartStaysStopped() throws Exception {
        // Given
        SupervisedPart part =
                new SupervisedPart(new Sleeper("trainer", true, "sleep", "60"), home, PAUSE, notices::add);
        part.start();
        ProcessHandle process = ProcessHandle.of(pid("trainer")).orElseThrow();
        // When
        part.stop(Duration.ofSeconds(5));
        // Then
        assertThat(process.isAlive()).isFalse();
        assertThat(notices).isEmpty();
        assertThat(PidFile.of(home, "trainer").process()).isEmpty();
    }

    @Test
    void aPartThatCannotStartIsToldWithTheEndOfItsLog() {
        // Given
        Part broken = new Sleeper("api", false, "sh", "-c", "echo no such database; exit 3");
        // Then
        assertThatThrownBy(() -> new SupervisedPart(broken, home, PAUSE, notices::add).start())
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("api ended with code 3")
                .hasMessageContaining("no such database");
    }

    @Test
    void whatAKilledLauncherLeftBehindIsFoundAndEnded() throws Exception {
        // Given
        Process orphan = new ProcessBuilder("sleep", "60").start();
        PidFile.of(home, "kafka").write(orphan.toHandle(), "127.0.0.1:1 127.0.0.1:1");
        // When
        int ended = RunningStack.of(home).endLeftBehind();
        // Then
        assertThat(ended).isEqualTo(1);
        assertThat(orphan.waitFor()).isNotZero();
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsLeftAlone() throws Exception {
        // Given
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Home.writeSecret(home.run().resolve("kafka.pid"), stranger.pid() + " 1000 127.0.0.1:1\n");
        // When
        int ended = RunningStack.of(home).endLeftBehind();
        // Then
        assertThat(ended).isZero();
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void aHomeHasOneLauncherAtATime() {
        // Given
        HomeLock first = HomeLock.take(home);
        // Then
        assertThatThrownBy(() -> HomeLock.take(home))
                .isInstanceOf(StackFailure.class)
                .hasMessageStartingWith("Another vedette");
        first.close();
        HomeLock.take(home).close();
    }

    private long pid(String part) {
        return PidFile.of(home, part).process().orElseThrow().pid();
    }
}
