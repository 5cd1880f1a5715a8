package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.Replica;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;

/**
 * What the pipeline costs around the learner, which rehearses: four trainer workers, the timings that the services have of
 * their own. Not part of the tests, for its name does not end in Test: {@code mvn -pl
 * standalone,trainer-worker,evaluator-worker,inference-service,api-service -am package -Dtest=PipelineBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}, with {@code -Dvedette.benchmark.minutes}, {@code -Dvedette.benchmark.rate} (calls
 * a second; otherwise four fifths of what the workers were seen to do), {@code -Dvedette.benchmark.rounds},
 * {@code -Dvedette.benchmark.deaths} and {@code -Dvedette.benchmark.jobs}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PipelineBenchmark {
    private static final int WORKERS = 4;
    private static final int ROUNDS = Integer.getInteger("vedette.benchmark.rounds", 50);
    private static final int DEATHS = Integer.getInteger("vedette.benchmark.deaths", 2 * WORKERS);
    private static final int JOBS = Integer.getInteger("vedette.benchmark.jobs", 1000);
    private static final Duration SPAN = Duration.ofMinutes(Integer.getInteger("vedette.benchmark.minutes", 5));
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

    private final List<Replica> replicas = new ArrayList<>();
    private FaultStack stack;

    @BeforeAll
    void start() {
        stack = FaultStack.Kind.REAL_TIMINGS.start();
        for (int i = 1; i < WORKERS; i++) {
            replicas.add(Replica.start(stack.layout(), "trainer", stack::note));
        }
    }

    @AfterAll
    void stop() throws IOException {
        replicas.forEach(Replica::close);
        stack.close();
    }

    @Test
    @Order(1)
    void startOfOneModelAtATime() {
        Scene scene = new Scene(stack, "one-at-a-time");
        scene.prepare();
        Pace pace = new Pace(scene);
        for (int i = 0; i < ROUNDS; i++) {
            scene.trained(pace.ask());
        }
        System.out.println("| CreateModel to RunStarted | models | p50, ms | p99, ms | most, ms | load |");
        System.out.printf("| one at a time | %s | %s |%n", pace.untilStarted().row(), Pace.load());
    }

    @Test
    @Order(3)
    void callsThatDoNotPileUp() {
        Scene scene = new Scene(stack, "steady");
        scene.prepare();
        double rate = Double.parseDouble(System.getProperty("vedette.benchmark.rate", "0"));
        if (rate == 0) {
            rate = 0.8 * trainingsPerSecond(scene);
        }
        Pace pace = new Pace(scene);
        System.out.printf("%.2f calls a second%n", rate);
        pace.header();
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(WORKERS);
        try {
            clients.scheduleAtFixedRate(pace::ask, 0, (long) (1e9 / rate), TimeUnit.NANOSECONDS);
            for (long left = SPAN.dividedBy(HALF_MINUTE); left > 0; left--) {
                scene.letPass(HALF_MINUTE);
                pace.row();
            }
        } finally {
            clients.shutdown();
        }
        drained(scene);
        System.out.printf(
                "| at %.2f calls/s | %s | %s |%n", rate, pace.untilStarted().row(), Pace.load());
        assertNothingIsLost(scene);
    }

    /** As many as lie there. */
    private double trainingsPerSecond(Scene scene) {
        Pace pace = new Pace(scene);
        for (int i = 0; i < 20 * WORKERS; i++) {
            pace.ask();
        }
        drained(scene);
        double rate = pace.startsPerSecond();
        System.out.printf("%d workers begin %.2f trainings a second, load %s%n", WORKERS, rate, Pace.load());
        return rate;
    }

    @Test
    @Order(2)
    void deathOfAWorker() {
        Scene scene = new Scene(stack, "deaths");
        scene.prepare("once-stall");
        List<Double> seconds = new ArrayList<>();
        while (seconds.size() < DEATHS) {
            List<String> models =
                    IntStream.range(0, WORKERS).mapToObj(i -> scene.ask()).toList();
            models.forEach(model -> scene.awaitMessage(model, "rehearsing"));
            List<CompletableFuture<Double>> attempts = new ArrayList<>();
            for (String model : models) {
                ProcessHandle worker =
                        ProcessHandle.of(Pace.pid(scene, model).orElseThrow()).orElseThrow();
                scene.fault();
                scene.processes().end(worker, "KILL");
                Instant death = Instant.now();
                attempts.add(CompletableFuture.supplyAsync(() -> Pace.secondAttempt(scene, model, death)));
                scene.letPass(Duration.ofSeconds(4)); // heartbeats are at another point of their course
            }
            attempts.forEach(attempt -> seconds.add(attempt.join()));
            models.forEach(scene::trained);
        }
        System.out.println(
                "| death of a worker to the next attempt's start | deaths | p50, s | p99, s | most, s | load |");
        System.out.printf("| all: %s | %s | %s |%n", seconds, Spread.of(seconds).row(), Pace.load());
        assertNothingIsLost(scene);
    }

    @Test
    @Order(4)
    void outagesOfKafkaAndPostgres() throws Exception {
        Scene scene = new Scene(stack, "outages");
        scene.prepare();
        Pace pace = new Pace(scene);
        scene.fault();
        Instant cut = Instant.now();
        stack.proxies().kafka().cut();
        askFor(pace, JOBS);
        System.out.printf(
                "%d models accepted without Kafka in %.0f s%n",
                JOBS, Duration.between(cut, Instant.now()).toMillis() / 1e3);
        Duration left = OUTAGE.minus(Duration.between(cut, Instant.now()));
        scene.letPass(left.isNegative() ? Duration.ZERO : left);
        stack.proxies().kafka().heal();
        pace.recovery("Kafka");
        scene.fault();
        stack.proxies().postgres().cut();
        scene.letPass(OUTAGE);
        stack.proxies().postgres().heal();
        Instant healed = Instant.now();
        pace.recovery("Postgres");
        pace.header();
        while (scene.database().number(Pace.UNSETTLED, scene.name()) > 0) {
            scene.letPass(HALF_MINUTE);
            pace.row();
        }
        System.out.printf(
                "drained %.0f s after the second outage, %.2f trainings a second in all%n",
                Duration.between(healed, Instant.now()).toMillis() / 1e3, pace.startsPerSecond());
        assertNothingIsLost(scene);
    }

    private static void askFor(Pace pace, int jobs) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            for (Future<String> call : clients.invokeAll(IntStream.range(0, jobs)
                    .<Callable<String>>mapToObj(i -> () -> patiently(pace))
                    .toList())) {
                call.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    /** Callers of one project get in each other's way, and are told to try again. */
    private static String patiently(Pace pace) {
        while (true) {
            try {
                return pace.ask();
            } catch (ConflictException crowded) {
                // again
            }
        }
    }

    private void drained(Scene scene) {
        await("all models to be settled")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> scene.database().number(Pace.UNSETTLED, scene.name()) == 0);
    }

    private void assertNothingIsLost(Scene scene) {
        drained(scene);
        assertThat(scene.witness().accepted()).hasSameSizeAs(scene.witness().asked());
        assertThat(Auditor.audit(stack, scene.witness())).as("breaches").isEmpty();
        long trained = scene.database()
                .number("select count(*) from model where project_name = ? and status = 'TRAINED'", scene.name());
        assertThat(trained).isEqualTo(scene.witness().accepted().size());
        System.out.printf("%s: %d models accepted, each trained once; no breach%n", scene.name(), trained);
    }
}
