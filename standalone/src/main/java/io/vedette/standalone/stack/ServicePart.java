package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of our services, from the jar that production runs. */
record ServicePart(Service service, StackLayout layout, int managementPort, int inferencePort) implements Part {
    @Override
    public String name() {
        return service.part();
    }

    @Override
    public String address() {
        return switch (service) {
            case API -> "http://127.0.0.1:" + layout.ports().api();
            case INFERENCE -> "http://127.0.0.1:" + inferencePort;
            case TRAINER, EVALUATOR -> "http://127.0.0.1:" + managementPort + "/q/health";
        };
    }

    @Override
    public List<String> needs() {
        if (service == Service.INFERENCE) {
            return List.of(S3Part.NAME);
        }
        return service.usesPostgres()
                ? List.of(PostgresPart.NAME, KafkaPart.NAME, S3Part.NAME)
                : List.of(KafkaPart.NAME, S3Part.NAME);
    }

    @Override
    public ProcessBuilder command() throws IOException {
        Path jar = layout.software().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.notExists(jar)) {
            throw new StackFailure(jar + " is missing; build it with: mvn package -DskipTests");
        }
        List<String> flags = new ArrayList<>(service.memory());
        if (service != Service.API && service != Service.INFERENCE) {
            // Their work is PyTorch's; that of the other two is Java's as well, which is to become fast where many
            // call.
            flags.add("-XX:TieredStopAtLevel=1");
        }
        flags.add("-Dai.djl.offline=true");
        flags.addAll(ownFlags());
        ProcessBuilder builder = JavaCommand.jar(flags, jar);
        addEnvironment(builder.environment());
        return builder;
    }

    @Override
    public boolean healthy() {
        return Probe.status(probe()) == 200;
    }

    @Override
    public Pulse pulse() {
        return switch (Probe.status("http://127.0.0.1:" + managementPort + "/q/health/live")) {
            case 200 -> Pulse.WELL;
            case -1 -> Pulse.SILENT;
            default -> Pulse.SICK;
        };
    }

    @Override
    public String probe() {
        return "http://127.0.0.1:" + managementPort + "/q/health/ready";
    }

    /** What whoever starts the stack has to say to this part's JVM alone: the last of a kind counts. */
    private List<String> ownFlags() {
        String variable = "VEDETTE_" + service.name() + "_JVM";
        String text = layout.overrides().getOrDefault(variable, System.getenv().getOrDefault(variable, ""));
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private void addEnvironment(Map<String, String> environment) throws IOException {
        Credentials credentials = layout.credentials();
        environment.put(
                "VEDETTE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + layout.ports().kafka());
        environment.put(
                "VEDETTE_S3_ENDPOINT", "http://127.0.0.1:" + layout.ports().s3());
        environment.put("VEDETTE_S3_ACCESS_KEY_ID", credentials.accessKeyId());
        environment.put("VEDETTE_S3_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        environment.put("VEDETTE_HOST", "127.0.0.1");
        environment.put("VEDETTE_MANAGEMENT_PORT", Integer.toString(managementPort));
        if (service.usesPostgres()) {
            environment.put(
                    "VEDETTE_POSTGRES_URL", PostgresPart.url(layout.ports().postgres()));
            environment.put("VEDETTE_POSTGRES_USER", "vedette");
            environment.put("VEDETTE_POSTGRES_PASSWORD", credentials.postgresPassword());
        }
        if (service == Service.API || service == Service.INFERENCE) {
            environment.put("VEDETTE_INFERENCE_PORT", Integer.toString(inferencePort));
            environment.put("VEDETTE_INFERENCE_URL", "http://127.0.0.1:" + inferencePort);
            environment.put("VEDETTE_INFERENCE_SECRET", credentials.inferenceSecret());
        }
        if (service == Service.API) {
            environment.put("VEDETTE_API_PORT", Integer.toString(layout.ports().api()));
            environment.put("VEDETTE_ROOT_ACCESS_KEY_ID", credentials.accessKeyId());
            environment.put("VEDETTE_ROOT_SECRET_ACCESS_KEY", credentials.secretAccessKey());
            environment.put("VEDETTE_SECRETS_KEY", credentials.secretsKey());
        } else {
            addWorkerEnvironment(environment);
        }
        environment.putIfAbsent(
                "QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL", "WARN"); // or every rebalance fills the log
        layout.overrides().forEach(environment::put);
    }

    private void addWorkerEnvironment(Map<String, String> environment) throws IOException {
        Path scratch = Files.createDirectories(layout.home().data("scratch").resolve(service.part()));
        environment.put("VEDETTE_WORKER_SCRATCH", scratch.toString());
        environment.put("VEDETTE_INFERENCE_SCRATCH", scratch.toString());
        LearningProcess.addEnvironment(environment, layout.home());
    }
}
