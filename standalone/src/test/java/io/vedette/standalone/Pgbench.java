package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Postgres's own benchmark, with the statements that the api sends for one call. */
record Pgbench(StackLayout stack, String prefix) {
    /** @param operation names the script below {@code /pgbench} */
    Latencies run(String operation, int clients, Duration span, Path folder) throws Exception {
        Path logs = Files.createTempDirectory(folder, "pgbench");
        Path script = Path.of(
                Pgbench.class.getResource("/pgbench/" + operation + ".sql").toURI());
        ProcessBuilder command = new ProcessBuilder(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--log",
                "--log-prefix=" + logs.resolve("log"),
                "--client=" + clients,
                "--time=" + span.toSeconds(),
                "--file=" + script,
                "--define=key=" + stack.credentials().accessKeyId(),
                "--define=account=000000000001",
                "--define=prefix=" + prefix,
                "--define=arn=arn:aws:lookoutvision:us-east-1:000000000001:model/" + prefix + "/1",
                "--define=event=" + "x".repeat(300),
                "--define=response=" + "x".repeat(220),
                "--host=127.0.0.1",
                "--port=" + stack.ports().postgres(),
                "--username=vedette",
                "vedette");
        command.environment().put("PGPASSWORD", stack.credentials().postgresPassword());
        Path output = logs.resolve("output");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return latencies(logs, Files.readAllLines(output));
    }

    /** From pgbench's log of every transaction: the third column is its time in microseconds. */
    private static Latencies latencies(Path logs, List<String> output) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            long[] nanos = files.filter(file -> file.getFileName().toString().startsWith("log"))
                    .flatMap(Pgbench::lines)
                    .mapToLong(line -> 1000 * Long.parseLong(line.split(" ")[2]))
                    .toArray();
            double perSecond = output.stream()
                    .filter(line -> line.startsWith("tps = "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[2]))
                    .findFirst()
                    .orElseThrow();
            return Latencies.of(nanos, perSecond);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
