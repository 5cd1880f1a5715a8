package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;

/** The embedded database: unpacked and initialised once, durable, with a password. */
record PostgresPart(Home home, int port, Credentials credentials) implements Part {
    static final String NAME = "postgres";
    private static final String USER = "vedette";
    private static final String DATABASE = "vedette";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public ProcessBuilder command() throws IOException {
        PostgresBinaries.unpack(software());
        if (Files.notExists(data().resolve("PG_VERSION")) || Files.notExists(initialised())) {
            initialise();
        }
        removeLockOfAnother();
        return postgres(
                "postgres",
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                "-c",
                "max_connections=100",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "timezone=UTC");
    }

    @Override
    public boolean healthy() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void ready() throws IOException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (rows.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("the database could not be created: " + e.getMessage(), e);
        }
    }

    /** Fast shutdown: TERM would wait for every client to leave. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", credentials.postgresPassword());
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", "2");
        return new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private void initialise() throws IOException {
        Folders.delete(data()); // a first start that was cut short
        Process process = postgres(
                        "initdb",
                        "-D",
                        data().toString(),
                        "--username=" + USER,
                        "--pwfile=" + home.run().resolve("postgres-password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log(NAME).toFile()))
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StackFailure("Postgres could not make its data folder; " + home.log(NAME) + " says why.");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.createFile(initialised());
    }

    /** After a power cut the lock may name a process id that someone else has by now, and Postgres would refuse to start. */
    private void removeLockOfAnother() throws IOException {
        Path lock = data().resolve("postmaster.pid");
        if (Files.notExists(lock)) {
            return;
        }
        List<String> lines = Files.readAllLines(lock);
        boolean ours = !lines.isEmpty()
                && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
        if (!ours) {
            Files.delete(lock);
        }
    }

    private ProcessBuilder postgres(String program, String... arguments) {
        List<String> words = new ArrayList<>(Sessions.ownSession());
        words.addAll(Sessions.withoutRoot());
        words.add(software().resolve("bin").resolve(program).toString());
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words);
    }

    private Path data() {
        return home.data(NAME).resolve("data");
    }

    private Path initialised() {
        return data().resolve("vedette-initialised");
    }

    private Path software() {
        return home.data(NAME).resolve("software");
    }
}
