package io.vedette.standalone.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.lookoutvision.model.ListModelsResponse;

/**
 * Whether ListModels and DescribeModel cost with 10,000 models in one project what they cost with 10. One model of each is
 * trained, the others are copies of its rows by SQL. Not part of the tests, for its name does not end in Test; run like
 * {@link PipelineBenchmark}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyModelsBenchmark {
    private static final int PAGE = 10;
    private static final int MANY = 10_000;
    private static final int WARMING = 2000;
    private static final int ROUNDS = 1000;
    private FaultStack stack;

    /** A call, and how long it took each time, in milliseconds. */
    private record Course(String call, Runnable run, List<Double> times) {
        Course(String call, Runnable run) {
            this(call, run, new ArrayList<>());
        }

        void time() {
            long begun = System.nanoTime();
            run.run();
            times.add((System.nanoTime() - begun) / 1e6);
        }
    }

    @BeforeAll
    void start() {
        stack = FaultStack.Kind.QUICK.start();
    }

    @AfterAll
    void stop() throws IOException {
        stack.close();
    }

    @Test
    void tenBesideTenThousand() {
        Scene few = project("few", PAGE);
        Scene many = project("many", MANY);
        String last = lastPage(many);
        List<Course> courses = List.of(
                new Course("ListModels, a page of 10; 10 models", () -> page(few, null)),
                new Course("the first page; 10,000 models", () -> page(many, null)),
                new Course("the last page; 10,000 models", () -> page(many, last)),
                new Course("DescribeModel; 10 models", () -> few.workshop().model("1")),
                new Course("the newest; 10,000 models", () -> many.workshop().model("" + MANY)),
                new Course("the oldest; 10,000 models", () -> many.workshop().model("1")));
        for (int i = 0; i < WARMING / courses.size(); i++) {
            courses.forEach(course -> course.run().run());
        }
        for (int i = 0; i < ROUNDS; i++) {
            courses.forEach(Course::time); // in turn, so that what else the machine does falls on all of them
        }
        System.out.println("| call | calls | p50, ms | p99, ms | most, ms | load |");
        courses.forEach(course -> System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                course.call(),
                Spread.of(course.times()).row(),
                Pace.load()));
    }

    private Scene project(String name, int models) {
        Scene scene = new Scene(stack, name);
        scene.trained(scene.ask());
        scene.database().execute("""
                insert into model select (jsonb_populate_record(m, jsonb_build_object(
                    'model_id', gen_random_uuid(), 'version', n, 'created_at', m.created_at + n * interval '1 second'))).*
                from model m, generate_series(2, %d) n where m.project_name = '%s' and m.version = 1
                """.formatted(models, name));
        return scene;
    }

    private static ListModelsResponse page(Scene scene, String token) {
        return scene.workshop()
                .customer()
                .vision()
                .listModels(request ->
                        request.projectName(scene.name()).maxResults(PAGE).nextToken(token));
    }

    /** All pages, one after the other. @return the token of the last */
    private static String lastPage(Scene scene) {
        String token = null;
        for (String next = page(scene, null).nextToken();
                next != null;
                next = page(scene, next).nextToken()) {
            token = next;
        }
        return token;
    }
}
