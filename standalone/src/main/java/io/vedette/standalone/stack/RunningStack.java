package io.vedette.standalone.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A stack seen from outside, by the pid files in its home: what {@code status} and {@code down} work on. */
public final class RunningStack {
    /** The order of the start; a stop goes backwards. */
    public static final List<String> PARTS =
            List.of("postgres", "kafka", "s3", "api", "trainer", "evaluator", "inference");

    private static final String LAUNCHER = "launcher";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PART_GRACE = Duration.ofSeconds(12);
    private final Home home;

    private RunningStack(Home home) {
        this.home = home;
    }

    public static RunningStack of(Home home) {
        return new RunningStack(home);
    }

    /**
     * @param pid empty if the part does not run
     * @param management where a service shows health and metrics; empty for the other parts, and if it does not run
     */
    public record PartState(
            String name, Optional<Long> pid, String address, boolean healthy, Optional<String> management) {}

    public Optional<Long> launcherPid() {
        return launcher().process().map(ProcessHandle::pid);
    }

    /** Whether the launcher has said that all is ready, and still runs. */
    public boolean ready() {
        return launcherPid().isPresent()
                && launcher().address().filter("ready"::equals).isPresent();
    }

    public List<PartState> parts() {
        List<CompletableFuture<PartState>> states = PARTS.stream()
                .map(name -> CompletableFuture.supplyAsync(() -> state(name)))
                .toList();
        return states.stream().map(CompletableFuture::join).toList();
    }

    /** Where a part of the running stack listens. */
    public Optional<String> address(String part) {
        PidFile file = PidFile.of(home, part);
        return file.process().flatMap(process -> file.address()).map(address -> address.split(" ")[0]);
    }

    /** Where one of our services shows its metrics. */
    public Optional<String> metrics(String part) {
        PidFile file = PidFile.of(home, part);
        return file.process()
                .flatMap(process -> file.address())
                .flatMap(RunningStack::management)
                .map(management -> management + "/metrics");
    }

    private static Optional<String> management(String addresses) {
        String probe = addresses.substring(addresses.lastIndexOf(' ') + 1);
        int end = probe.indexOf("/q/health");
        return end < 0 ? Optional.empty() : Optional.of(probe.substring(0, end) + "/q");
    }

    /** Stops the launcher, which stops its parts; then whatever a killed launcher left behind. @return whether anything ran */
    public boolean stop() {
        Optional<ProcessHandle> launcher = launcher().process();
        launcher.ifPresent(process -> Termination.end(process, "TERM", STOP_LIMIT));
        return endLeftBehind() > 0 || launcher.isPresent();
    }

    /** Ends the parts that outlived their launcher, services first. @return how many there were */
    int endLeftBehind() {
        List<String> left = PARTS.stream()
                .filter(name -> PidFile.of(home, name).process().isPresent())
                .toList();
        endAll(left.stream().filter(name -> PARTS.indexOf(name) > 2).toList());
        endAll(left.stream().filter(name -> PARTS.indexOf(name) <= 2).toList());
        PARTS.forEach(name -> PidFile.of(home, name).delete());
        launcher().delete();
        return left.size();
    }

    PidFile launcher() {
        return PidFile.of(home, LAUNCHER);
    }

    private void endAll(List<String> names) {
        names.stream()
                .map(name -> CompletableFuture.runAsync(() -> PidFile.of(home, name)
                        .process()
                        .ifPresent(process ->
                                Termination.end(process, PostgresPart.NAME.equals(name) ? "INT" : "TERM", PART_GRACE))))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private PartState state(String name) {
        PidFile file = PidFile.of(home, name);
        Optional<Long> pid = file.process().map(ProcessHandle::pid);
        String[] addresses = file.address().orElse("-").split(" ");
        boolean healthy = pid.isPresent() && answers(addresses[addresses.length - 1]);
        Optional<String> management = pid.flatMap(running -> management(addresses[addresses.length - 1]));
        return new PartState(name, pid, pid.isPresent() ? addresses[0] : "-", healthy, management);
    }

    /** @param probe an URL whose 200 or 403 means well, or {@code HOST:PORT} */
    private static boolean answers(String probe) {
        if (probe.startsWith("http")) {
            int status = Probe.status(probe);
            return probe.contains("/q/health") ? status == 200 : status > 0;
        }
        return Probe.listens(Integer.parseInt(probe.substring(probe.lastIndexOf(':') + 1)));
    }
}
