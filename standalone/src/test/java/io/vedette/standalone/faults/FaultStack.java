package io.vedette.standalone.faults;

import io.vedette.standalone.TinyNetwork;
import io.vedette.standalone.Workshop;
import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The stack that the rows of faults share: real processes, a proxy before Postgres, Kafka and S3 each, short timings, and a
 * trainer that rehearses. The test's own S3 client and database connection go past the proxies.
 */
final class FaultStack implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(8);
    static final String BUCKET = "material";
    private static final Map<String, String> QUICKLY = Map.of(
            "VEDETTE_TICK", "1s",
            "VEDETTE_HEARTBEAT", "1s",
            "VEDETTE_LEASE", LEASE.toSeconds() + "s",
            "VEDETTE_STALL", "10s",
            "VEDETTE_LOST_DISPATCH", "6s",
            "VEDETTE_KAFKA_SESSION_TIMEOUT_MILLIS", "6000",
            "VEDETTE_LONGEST_RESTART_PAUSE", "PT1S");
    private static final List<String> PARTS = List.of("postgres", "kafka", "s3", "api", "trainer", "evaluator");

    private final Path folder;
    private final StackLayout layout;
    private final Proxies proxies;
    private final CrashPoints crashes;
    private final Stack stack;
    private final Clients clients;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final Tap tap;
    private final SmallDisks disks;

    /** What rows share; some need one of its own. */
    enum Kind {
        /** Timings that let a row end within seconds. */
        QUICK,
        /** The timings that the services have of their own. */
        REAL_TIMINGS,
        /** As quick, with clocks that differ. */
        WRONG_CLOCKS,
        /** As quick, with file systems of their own that can be filled. */
        SMALL_DISKS;

        FaultStack start() {
            return switch (this) {
                case QUICK -> FaultStack.start(QUICKLY, SmallDisks::none);
                case REAL_TIMINGS -> FaultStack.start(Map.of(), SmallDisks::none);
                case WRONG_CLOCKS -> FaultStack.start(WrongClocks.with(QUICKLY), SmallDisks::none);
                case SMALL_DISKS -> FaultStack.start(QUICKLY, SmallDisks::under);
            };
        }
    }

    /** What stands before each server. */
    record Proxies(TcpProxy postgres, TcpProxy kafka, TcpProxy s3) implements AutoCloseable {
        static Proxies between(Ports known, Ports behind) {
            return new Proxies(
                    new TcpProxy(known.postgres(), behind.postgres()),
                    new TcpProxy(known.kafka(), behind.kafka()),
                    new TcpProxy(known.s3(), behind.s3()));
        }

        void heal() {
            postgres.heal();
            kafka.heal();
            s3.heal();
        }

        @Override
        public void close() throws IOException {
            postgres.close();
            kafka.close();
            s3.close();
        }
    }

    private FaultStack(Map<String, String> timings, SmallDisks.Choice choice) throws IOException {
        folder = Files.createTempDirectory("vedette-faults-");
        disks = choice.of(folder.resolve("home"));
        crashes = new CrashPoints(Files.createDirectory(folder.resolve("crashes")));
        Path software = Path.of("").toAbsolutePath().getParent();
        Map<String, String> overrides = new HashMap<>(learner(software));
        for (String part : List.of("API", "TRAINER", "EVALUATOR")) {
            overrides.put("VEDETTE_" + part + "_JVM", crashes.option());
        }
        // what is said to a JVM comes after what it is told anyway
        timings.forEach((name, value) ->
                overrides.merge(name, value, (before, more) -> name.endsWith("_JVM") ? before + " " + more : more));
        Ports known = Ports.free();
        Ports free = Ports.free();
        Ports behind = new Ports(known.api(), free.s3(), free.kafka(), free.postgres());
        layout = StackLayout.of(new Home(folder.resolve("home")), known, software, overrides)
                .behind(behind);
        proxies = Proxies.between(known, behind);
        stack = Stack.open(layout, PARTS, this::note);
        stack.bringUp();
        tap = new Tap(kafka());
        clients =
                Clients.of("http://127.0.0.1:" + known.api(), "http://127.0.0.1:" + behind.s3(), layout.credentials());
    }

    /** @param timings what differs from the services' own */
    private static FaultStack start(Map<String, String> timings, SmallDisks.Choice disks) {
        try {
            FaultStack started = new FaultStack(timings, disks);
            try {
                started.learnOnce();
                return started;
            } catch (IOException | RuntimeException | Error failure) {
                started.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A network that costs nothing, and after the first model none is learned any more. */
    private Map<String, String> learner(Path software) throws IOException {
        Path network = Files.createDirectory(folder.resolve("network"));
        Files.write(network.resolve("tiny.pt"), TinyNetwork.module());
        Files.write(network.resolve("tiny.json"), TinyNetwork.description());
        return Map.of(
                "DJL_CACHE_DIR",
                software.resolve("standalone/target/djl").toString(),
                "VEDETTE_BACKBONE",
                network.resolve("tiny.pt").toString(),
                "VEDETTE_IMAGE_SIDE",
                "96",
                "VEDETTE_REHEARSAL",
                folder.resolve("rehearsal").toString());
    }

    /** The model that every rehearsed training gives is really learned. */
    private void learnOnce() throws IOException {
        clients.s3().createBucket(request -> request.bucket(BUCKET));
        Scene first = new Scene(this, "rehearsal");
        Workshop workshop = first.workshop();
        first.ask();
        first.trained("1");
        String artifact = first.database()
                .rows("select artifact from model where project_name = ?", workshop.project())
                .get(0)
                .get("artifact")
                .toString();
        String run = artifact.substring(0, artifact.lastIndexOf('/') + 1);
        Path model = Files.createDirectories(folder.resolve("rehearsal").resolve("draft"));
        for (String name : List.of("model.json", "model.safetensors")) {
            clients.s3().getObject(request -> request.bucket("vedette").key(run + name), model.resolve(name));
        }
        Files.move(model, model.resolveSibling("model"));
    }

    /** The services' own is a minute. */
    Duration lease() {
        return layout.overrides().containsKey("VEDETTE_LEASE") ? LEASE : Duration.ofMinutes(1);
    }

    /** The services' own is five seconds. */
    Duration tick() {
        return layout.overrides().containsKey("VEDETTE_TICK") ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
    }

    /** What became of a process. */
    void note(String notice) {
        System.out.println(LocalTime.now() + " " + notice);
        notices.add(notice);
    }

    List<String> notices() {
        return notices;
    }

    /** How often a part has said so in its log. */
    long said(String part, String text) {
        try (Stream<String> lines = Files.lines(layout.home().log(part))) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    SmallDisks disks() {
        return disks;
    }

    StackLayout layout() {
        return layout;
    }

    Proxies proxies() {
        return proxies;
    }

    CrashPoints crashes() {
        return crashes;
    }

    Tap tap() {
        return tap;
    }

    Clients clients() {
        return clients;
    }

    RunningStack running() {
        return RunningStack.of(layout.home());
    }

    Processes processes() {
        return new Processes(running());
    }

    /** {@code HOST:PORT} of the broker for a first word; what comes then goes through the proxy. */
    String kafka() {
        return running().address("kafka").orElseThrow();
    }

    /** For whoever wants to know why a row is red. */
    private void keepLogs() throws IOException {
        Path kept = Path.of("target", "fault-logs");
        Files.createDirectories(kept);
        try (Stream<Path> logs = Files.list(layout.home().logs())) {
            for (Path log : logs.toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() throws IOException {
        proxies.heal();
        tap.close();
        clients.close();
        stack.close();
        proxies.close();
        keepLogs();
        disks.close();
        Folders.delete(folder);
    }
}
