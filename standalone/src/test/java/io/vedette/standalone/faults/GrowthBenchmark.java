package io.vedette.standalone.faults;

import io.vedette.standalone.Database;
import io.vedette.standalone.stack.Replica;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * By how much Postgres and Kafka grow with each model: trainings are rehearsed, two trainers at once. Not part of the tests, for
 * its name does not end in Test; run like {@link PipelineBenchmark}, with {@code -Dvedette.benchmark.jobs}.
 */
class GrowthBenchmark {
    private static final int JOBS = Integer.getInteger("vedette.benchmark.jobs", 100);

    @Test
    void bytesOfEachModel() throws Exception {
        try (FaultStack stack = FaultStack.Kind.REAL_TIMINGS.start();
                Replica second = Replica.start(stack.layout(), "trainer", stack::note)) {
            Scene scene = new Scene(stack, "growth");
            scene.prepare();
            scene.trained(scene.ask());
            Map<String, Long> before = sizes(stack);
            List<String> models = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                models.add(scene.ask());
            }
            models.forEach(scene::trained);
            Map<String, Long> after = sizes(stack);
            System.out.println("| bytes a model, of " + JOBS + ", trainers "
                    + second.process().pid() + " | |");
            after.forEach((what, bytes) -> {
                long grown = bytes - before.getOrDefault(what, 0L);
                if (grown > 0) {
                    System.out.printf(Locale.ROOT, "| %s | %.0f |%n", what, grown / (double) JOBS);
                }
            });
        }
    }

    /** Of tables with their indexes, and of the topics' partitions: of both what is written, not what is set aside on disk. */
    private static Map<String, Long> sizes(FaultStack stack) throws Exception {
        Map<String, Long> sizes = new TreeMap<>();
        Database database = new Database(stack.layout());
        for (Map<String, Object> table :
                database.rows("select relname, pg_total_relation_size(relid) as bytes" + " from pg_stat_user_tables")) {
            sizes.put("Postgres, " + table.get("relname"), (Long) table.get("bytes"));
        }
        sizes.put("Postgres, in all", database.number("select pg_database_size(current_database())"));
        Path topics = stack.layout().home().directory().resolve("kafka");
        try (Stream<Path> files = Files.walk(topics)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                String topic = log.getParent().getFileName().toString().replaceAll("-\\d+$", "");
                sizes.merge("Kafka, " + topic, Files.size(log), Long::sum);
                sizes.merge("Kafka, in all", Files.size(log), Long::sum);
            }
        }
        return sizes;
    }
}
