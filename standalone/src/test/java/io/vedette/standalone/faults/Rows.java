package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Gives each row its scene, audits it, and notes what came of it. */
final class Rows implements ParameterResolver, BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(Rows.class);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A row in progress. */
    private record Row(Scene scene, long startedAt) {}

    /** What all rows of this JVM share; JUnit closes it after the last test. */
    private record Shared(FaultStack stack, FaultTable table, AtomicInteger classes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stack.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Scene.class;
    }

    @Override
    public Scene resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FaultStack stack = shared(context).stack();
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        "row",
                        key -> new Row(
                                new Scene(
                                        stack,
                                        context.getRequiredTestMethod()
                                                .getName()
                                                .replaceAll("[^a-zA-Z0-9]", "-")),
                                System.nanoTime()),
                        Row.class)
                .scene();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Row row = context.getStore(NAMESPACE).get("row", Row.class);
        Optional<Throwable> failure = context.getExecutionException();
        if (row == null
                || failure.filter(TestAbortedException.class::isInstance).isPresent()) {
            return;
        }
        if (failure.isPresent()) {
            tell(context, row, -1);
            return;
        }
        List<Breach> breaches = row.scene().all().stream()
                .flatMap(each -> Auditor.audit(each.stack(), each.witness()).stream())
                .toList();
        tell(context, row, breaches.size());
        assertThat(breaches).as("breaches of " + context.getDisplayName()).isEmpty();
    }

    private static void tell(ExtensionContext context, Row row, int breaches) {
        Fault fault = context.getRequiredTestMethod().getAnnotation(Fault.class);
        if (fault != null) {
            int jobs = row.scene().all().stream()
                    .mapToInt(each -> each.witness().asked().size())
                    .sum();
            shared(context)
                    .table()
                    .add(new FaultTable.Line(
                            fault.value(),
                            context.getRequiredTestMethod().getName(),
                            jobs,
                            row.scene().faults(),
                            breaches,
                            (System.nanoTime() - row.startedAt()) / 1e9));
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context).classes().incrementAndGet();
    }

    /** Where classes run side by side, the last of them looks. */
    @Override
    public void afterAll(ExtensionContext context) {
        Shared shared = shared(context);
        if (shared.classes().decrementAndGet() == 0) {
            await("nothing to be left")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(leftovers(shared)).isEmpty());
        }
    }

    private static List<String> leftovers(Shared shared) {
        return shared.classes().get() > 0 ? List.of() : Rest.leftovers(shared.stack());
    }

    private static Shared shared(ExtensionContext context) {
        FaultStack.Kind kind =
                context.getRequiredTestClass().getAnnotation(FaultTest.class).stack();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        kind, key -> new Shared(kind.start(), table(context), new AtomicInteger()), Shared.class);
    }

    private static FaultTable table(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("table", key -> new FaultTable(), FaultTable.class);
    }
}
