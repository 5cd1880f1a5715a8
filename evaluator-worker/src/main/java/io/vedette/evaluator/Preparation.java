package io.vedette.evaluator;

import io.vedette.runtime.Topics;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** What has to be there before work is claimed: the topics, and the schema at the version this service knows. */
@Singleton
final class Preparation {
    private final Topics topics;
    private final Flyway flyway;

    Preparation(Topics topics, Flyway flyway) {
        this.topics = topics;
        this.flyway = flyway;
    }

    /** @throws RuntimeException if something is missing; the message says what */
    void check() {
        List<String> pending = Arrays.stream(flyway.info().pending())
                .map(MigrationInfo::getScript)
                .toList();
        if (!pending.isEmpty()) {
            throw new IllegalStateException("the schema lacks " + String.join(", ", pending));
        }
        topics.ensure();
    }
}
