package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where a stack lives and listens.
 *
 * @param listening where Postgres, Kafka and S3 listen: the ports that people know, unless something stands between
 * @param software the project's root, with the services' {@code target/quarkus-app} below it
 * @param overrides environment variables of the services that win over the launcher's
 */
public record StackLayout(
        Home home,
        Ports ports,
        Ports listening,
        Credentials credentials,
        Path software,
        Map<String, String> overrides) {
    /** Makes the home folder and its credentials where they are missing. */
    public static StackLayout of(Home home, Ports ports, Path software, Map<String, String> overrides) {
        home.create();
        try {
            Credentials credentials = Credentials.of(home);
            return new StackLayout(home, ports, ports, credentials, software, overrides);
        } catch (IOException e) {
            throw new StackFailure(
                    "The credentials in " + home.directory() + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    /** The same, with something between the services and Postgres, Kafka and S3, which listen elsewhere. */
    public StackLayout behind(Ports others) {
        return new StackLayout(home, ports, others, credentials, software, overrides);
    }

    /** Before a part that ended again and again is started once more. */
    Duration longestPause() {
        return Duration.parse(overrides.getOrDefault("VEDETTE_LONGEST_RESTART_PAUSE", "PT30S"));
    }

    List<Part> parts() {
        int inference = Ports.freePort();
        return List.of(
                new PostgresPart(home, listening.postgres(), credentials),
                new KafkaPart(home, listening.kafka(), ports.kafka(), Ports.freePort()),
                new S3Part(home, listening.s3(), credentials),
                new ServicePart(Service.API, this, Ports.freePort(), inference),
                new ServicePart(Service.TRAINER, this, Ports.freePort(), inference),
                new ServicePart(Service.EVALUATOR, this, Ports.freePort(), inference),
                new ServicePart(Service.INFERENCE, this, Ports.freePort(), inference));
    }
}
