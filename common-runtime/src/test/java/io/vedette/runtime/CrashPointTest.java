package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointTest {
    @TempDir
    private Path folder;

    /** Comes to the place "here" three times with one subject, and prints each that it has passed. */
    static final class Walk {
        public static void main(String[] subject) {
            for (int i = 1; i <= 3; i++) {
                CrashPoint.pass("here", subject[0]);
                System.out.print(i);
                System.out.flush();
            }
        }
    }

    @Test
    void withoutThePropertyThePlaceDoesNothing() throws Exception {
        Process walk = walk("model/one/1");
        assertThat(said(walk)).isEqualTo("123");
        assertThat(walk.waitFor()).isZero();
    }

    @Test
    void theJvmEndsTheNthTime() throws Exception {
        Process walk = walk("model/one/1", "-Dvedette.crash=here:2");
        assertThat(said(walk)).isEqualTo("1");
        assertThat(walk.waitFor()).isEqualTo(137);
        assertThat(said(walk("model/one/1", "-Dvedette.crash=elsewhere"))).isEqualTo("123");
    }

    @Test
    void theJvmEndsOnceWhereAFileNamesThePlaceAndTheSubject() throws Exception {
        // Given
        Files.writeString(folder.resolve("here"), "model/two/");
        // Then
        assertThat(said(walk("model/one/1", "-Dvedette.crash.folder=" + folder)))
                .isEqualTo("123");
        Process walk = walk("model/two/1", "-Dvedette.crash.folder=" + folder);
        assertThat(said(walk)).isEmpty();
        assertThat(walk.waitFor()).isEqualTo(137);
        assertThat(said(walk("model/two/1", "-Dvedette.crash.folder=" + folder)))
                .isEqualTo("123");
    }

    @Test
    void theJvmStandsStillUntilItIsReleased() throws Exception {
        // Given
        Files.writeString(folder.resolve("here"), "hold model/one");
        Process walk = walk("model/one/1", "-Dvedette.crash.folder=" + folder);
        Path reached = folder.resolve("here.reached");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(reached));
        assertThat(walk.isAlive()).isTrue();
        // When
        Files.delete(reached);
        // Then
        assertThat(said(walk)).isEqualTo("123");
    }

    private static Process walk(String subject, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Walk.class.getName(), subject));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String said(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes());
    }
}
