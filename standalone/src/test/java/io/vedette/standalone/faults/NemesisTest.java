package io.vedette.standalone.faults;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import io.vedette.standalone.faults.TcpProxy.Direction;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Faults drawn at random while models are asked for. {@code -Dvedette.nemesis.minutes} says for how long,
 * {@code -Dvedette.nemesis.seed} repeats a draw.
 */
@FaultTest
@Isolated
class NemesisTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_WAITING = 6;
    private static final int MOST_REPEATED = 20;
    private static final List<String> SERVICES = List.of("api", "trainer", "evaluator");
    private static final List<String> SERVERS = List.of("postgres", "kafka", "s3");
    private static final List<String> PLACES = List.of(
            "api.before-commit",
            "api.after-commit",
            "relay.before-send",
            "relay.after-ack",
            "training.after-poll",
            "training.after-started",
            "training.after-commit",
            "training.uploading",
            "training.after-artifact",
            "training.after-result",
            "evaluation.after-poll",
            "evaluation.after-started",
            "evaluation.after-commit",
            "evaluation.before-s3",
            "evaluation.after-s3",
            "evaluation.after-win",
            "evaluation.publishing",
            "evaluation.before-status",
            "evaluation.after-status");

    @Fault(39)
    void anythingAtAnyTime(Scene row) {
        long seed = Long.getLong("vedette.nemesis.seed", System.nanoTime() & 0xffffff);
        Duration span = Duration.ofMinutes(Long.getLong("vedette.nemesis.minutes", 10));
        System.out.println(
                "nemesis: -Dvedette.nemesis.seed=" + seed + " -Dvedette.nemesis.minutes=" + span.toMinutes());
        Random random = new Random(seed);
        List<Scene> projects = IntStream.range(0, 3)
                .mapToObj(number -> row.another("" + number))
                .toList();
        projects.get(0).prepare();
        projects.get(1).prepare("slow-3");
        projects.get(2).prepare("once-die-SEGV");
        // While S3 or Postgres is away nothing is decided, and a dead worker's model waits.
        projects.forEach(project -> project.witness().excuse(8));
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            ask(projects.get(random.nextInt(projects.size())), row);
            if (random.nextInt(10) == 0) {
                callOff(projects.get(random.nextInt(projects.size())), random);
            }
            row.fault();
            strike(row, projects.get(random.nextInt(projects.size())), random);
            row.letPass(Duration.ofMillis(500 + random.nextInt(4000)));
        }
        heal(row);
        for (Scene project : projects) {
            List<String> versions = project
                    .persistently(() -> new ArrayList<>(project.workshop().models()))
                    .stream()
                    .map(model -> model.modelVersion())
                    .toList();
            versions.forEach(version -> project.ended(version, PATIENCE));
        }
    }

    private static void ask(Scene project, Scene row) {
        try {
            long waiting = row.database()
                    .number(
                            "select count(*) from model where status = 'TRAINING' and project_name like ?",
                            row.name() + "%");
            if (waiting < MOST_WAITING) {
                project.askOnce(UUID.randomUUID().toString());
            }
        } catch (SdkException | IllegalStateException refused) {
            // that is what faults are for: what was answered is known to the witness, and what was asked
        }
    }

    /** The owner has changed their mind about one of the first models. */
    private static void callOff(Scene project, Random random) {
        try {
            project.stopTraining(String.valueOf(1 + random.nextInt(20)));
        } catch (UncheckedIOException away) {
            // and keeps it
        }
    }

    private static void strike(Scene row, Scene project, Random random) {
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        String server = SERVERS.get(random.nextInt(SERVERS.size()));
        int seconds = 1 + random.nextInt(14);
        int what = random.nextInt(13);
        String place = PLACES.get(random.nextInt(PLACES.size()));
        System.out.printf("nemesis: %d %s %s %s %d s%n", what, service, server, place, seconds);
        switch (what) {
            case 0 -> stop(row, service, "KILL");
            case 1 -> stop(row, server, server.equals("postgres") ? "QUIT" : "KILL");
            case 2 -> stop(row, service, "TERM");
            case 3 -> freeze(row, service, seconds);
            case 4 -> disturb(row, server, seconds, TcpProxy::cut);
            case 5 -> {
                Direction[] ways = random.nextBoolean() ? Direction.values() : new Direction[] {Direction.TO_CLIENT};
                disturb(row, server, seconds, proxy -> proxy.hold(ways));
            }
            case 6 -> disturb(row, server, seconds, proxy -> proxy.slow(Duration.ofMillis(random.nextInt(200))));
            case 7 -> disturb(row, "s3", seconds, NemesisTest::refuse);
            case 8 -> row.stack().proxies().s3().tear("PUT /", Direction.TO_SERVER);
            case 9 -> row.stack().proxies().s3().tear("GET /", Direction.TO_CLIENT);
            case 10 -> onKafka(() -> poison(project, random));
            case 11 -> onKafka(() -> repeat(project, random));
            default -> row.stack().crashes().armIfFree(place, "/" + row.name());
        }
    }

    private static void disturb(Scene row, String server, int seconds, Consumer<TcpProxy> how) {
        how.accept(proxy(row, server));
        row.letPass(Duration.ofSeconds(seconds));
        proxy(row, server).heal();
    }

    private static void refuse(TcpProxy s3) {
        s3.answer(" HTTP/1.1\r\n", Integer.MAX_VALUE, 503, "SlowDown");
    }

    /** What was broken before may still be away: then there is one fault less. */
    private static void onKafka(Runnable strike) {
        try {
            strike.run();
        } catch (IllegalStateException | KafkaException | ConditionTimeoutException away) {
            System.out.println("nemesis: not so: " + away.getMessage());
        }
    }

    /** A record that nobody can read lies before those of the project's first model. */
    private static void poison(Scene project, Random random) {
        Topic topic = List.of(Topic.TRAINING_REQUESTED, Topic.MODEL_TRAINED, Topic.RUN_EVENTS)
                .get(random.nextInt(3));
        var headers = PoisonFaultsTest.headers(PoisonFaultsTest.TYPES.get(topic));
        try (var producer = PoisonFaultsTest.producer(project)) {
            PoisonFaultsTest.send(
                    project, producer, PoisonFaultsTest.record(project, topic.suffix(), headers, "not JSON"));
        } catch (ExecutionException unknown) {
            throw new AssertionError("nobody knows whether the record lies there", unknown);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Some of what was ever said of the project's models is said again, in any order. */
    private static void repeat(Scene project, Random random) {
        List<Seen> said = Evidence.of(project.stack(), project.name()).records.stream()
                .filter(event -> event.key() != null && event.key().startsWith(project.arns()))
                .filter(event -> !event.topic().equals(Topic.DEAD_LETTERS.suffix()))
                .filter(event -> event.json().isObject()) // no poison
                .toList();
        if (!said.isEmpty()) {
            Resent.asTheyWere(
                    project.stack(),
                    IntStream.range(0, MOST_REPEATED)
                            .mapToObj(i -> said.get(random.nextInt(said.size())))
                            .toList());
        }
    }

    private static void stop(Scene row, String part, String signal) {
        row.processes().find(part).ifPresent(process -> row.processes().signal(process, signal));
    }

    private static void freeze(Scene row, String part, int seconds) {
        row.processes().find(part).ifPresent(process -> {
            row.processes().signal(process, "STOP");
            row.letPass(Duration.ofSeconds(seconds));
            row.processes().signal(process, "CONT");
        });
    }

    private static TcpProxy proxy(Scene row, String server) {
        return switch (server) {
            case "postgres" -> row.stack().proxies().postgres();
            case "kafka" -> row.stack().proxies().kafka();
            default -> row.stack().proxies().s3();
        };
    }

    private static void heal(Scene row) {
        row.stack().proxies().heal();
        row.stack().crashes().clear();
        row.processes().awaitHealthy(List.of("postgres", "kafka", "s3", "api", "trainer", "evaluator"));
    }
}
