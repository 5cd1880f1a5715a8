package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a stack lives and listens.
 *
 * @param software the project's root, with the services' {@code target/quarkus-app} below it
 * @param overrides environment variables of the services that win over the launcher's
 */
public record StackLayout(
        Home home, Ports ports, Credentials credentials, Path software, Map<String, String> overrides) {
    /** Makes the home folder and its credentials where they are missing. */
    public static StackLayout of(Home home, Ports ports, Path software, Map<String, String> overrides) {
        home.create();
        try {
            Credentials credentials = Credentials.of(home);
            return new StackLayout(home, ports, credentials, software, overrides);
        } catch (IOException e) {
            throw new StackFailure(
                    "The credentials in " + home.directory() + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    List<Part> parts() {
        int inference = Ports.freePort();
        return List.of(
                new PostgresPart(home, ports.postgres(), credentials),
                new KafkaPart(home, ports.kafka(), Ports.freePort()),
                new S3Part(home, ports.s3(), credentials),
                new ServicePart(Service.API, this, Ports.freePort(), inference),
                new ServicePart(Service.TRAINER, this, Ports.freePort(), inference),
                new ServicePart(Service.EVALUATOR, this, Ports.freePort(), inference),
                new ServicePart(Service.INFERENCE, this, Ports.freePort(), inference));
    }
}
