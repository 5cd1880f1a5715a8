package io.vedette.standalone.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One more process of a service, beside the one that a stack has. */
public final class Replica implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final AtomicInteger STARTED = new AtomicInteger(1);

    private final SupervisedPart process;
    private final StackLayout layout;
    private final String name;

    private Replica(SupervisedPart process, StackLayout layout, String name) {
        this.process = process;
        this.layout = layout;
        this.name = name;
    }

    /** The same service under another name, so that its log and its process are its own. */
    private record Named(String name, Part part) implements Part {
        @Override
        public String address() {
            return part.address();
        }

        @Override
        public ProcessBuilder command() throws IOException {
            return part.command();
        }

        @Override
        public boolean healthy() {
            return part.healthy();
        }

        @Override
        public String probe() {
            return part.probe();
        }

        @Override
        public List<String> needs() {
            return part.needs();
        }
    }

    /** Started when this returns, and started again whenever it ends. @param part such as {@code api} */
    public static Replica start(StackLayout stack, String part) {
        return start(stack, part, System.out::println);
    }

    /** @param notices hears what becomes of its processes */
    public static Replica start(StackLayout stack, String part, Consumer<String> notices) {
        Service service = Arrays.stream(Service.values())
                .filter(each -> each.part().equals(part))
                .findFirst()
                .orElseThrow();
        Ports shared = stack.ports();
        Ports ports = new Ports(Ports.freePort(), shared.s3(), shared.kafka(), shared.postgres());
        StackLayout own = new StackLayout(
                stack.home(), ports, stack.listening(), stack.credentials(), stack.software(), stack.overrides());
        Part another = new ServicePart(service, own, Ports.freePort(), Ports.freePort());
        String name = part + "-" + STARTED.incrementAndGet();
        SupervisedPart process =
                new SupervisedPart(new Named(name, another), stack.home(), stack.longestPause(), notices);
        try {
            process.start();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return new Replica(process, own, name);
    }

    /** Its ports: the API's is its own, all others are the stack's. */
    public Ports ports() {
        return layout.ports();
    }

    public ProcessHandle process() {
        return PidFile.of(layout.home(), name).process().orElseThrow();
    }

    @Override
    public void close() {
        process.stop(GRACE);
    }
}
