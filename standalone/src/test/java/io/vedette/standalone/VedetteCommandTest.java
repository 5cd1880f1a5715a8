package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VedetteCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "'', a command is missing",
        "frob, Unmatched argument",
        "up --frob, Unknown option",
        "up --only nothing, --only takes parts",
        "train, Missing required parameter",
        "detect ., Missing required option",
        "detect . --project=p --model=0, --model takes a number",
        "detect . --project=p --threshold=NaN, --threshold takes a finite number",
        "detect . --project=p --output=s3://b/c, --output is for the images of an S3 prefix",
        "bench, Missing required parameter",
        "bench . --seeds 0, --seeds must be at least 1",
        "bench . --image-side 10, --image-side must be",
        "logs nothing, There is no part",
        "logs -n 0, -n must be at least 1",
        "logs -n x, Invalid value",
        "train . --project=_bad, is no project name",
        "keys, Say what to do with the keys",
        "keys create, Missing required option",
        "dead-letters, Say what to do with the dead letters",
        "client-kit, Say what to do with the client kit",
    })
    void wrongUseGetsOneSentenceTheUsageAndExitCodeTwo(String line, String sentence) {
        // When
        int code = run(line.isEmpty() ? new String[0] : line.split(" "));
        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(sentence);
        assertThat(err.toString()).contains("Usage: vedette");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFolderThatIsNoneGetsOneSentenceAndExitCodeTwo(@TempDir Path folder) {
        // When
        int code = run("train", folder.resolve("missing").toString());
        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.endsWith("is not a folder."));
    }

    @Test
    void helpAndVersionSucceed() {
        assertThat(run("help")).isZero();
        assertThat(run("version")).isZero();
        assertThat(out.toString())
                .contains(
                        "quickstart",
                        "train",
                        "detect",
                        "bench",
                        "up",
                        "down",
                        "status",
                        "logs",
                        "events",
                        "keys",
                        "client-kit",
                        "version")
                .contains("Vedette ");
    }

    private int run(String... args) {
        CommandLine commandLine = VedetteCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
