package io.vedette.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;

/** A real Postgres for the api, and nothing else: Kafka and S3 are down for as long as the tests run. */
public final class PostgresAlone implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot start Postgres", failure);
        }
        return Map.ofEntries(
                Map.entry("vedette.postgres.url", postgres.getJdbcUrl("postgres", "postgres")),
                Map.entry("vedette.postgres.user", "postgres"),
                Map.entry("vedette.postgres.password", "postgres"),
                Map.entry("vedette.kafka.bootstrap-servers", "127.0.0.1:1"),
                Map.entry("vedette.s3.endpoint", "http://127.0.0.1:1"),
                Map.entry("vedette.s3.access-key-id", "test"),
                Map.entry("vedette.s3.secret-access-key", "test"),
                Map.entry("vedette.root.access-key-id", "AKIATEST"),
                Map.entry("vedette.root.secret-access-key", "test"),
                Map.entry("vedette.secrets.key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.management.test-port", "0"));
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot stop Postgres", failure);
        }
    }
}
