package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database that has deleted models before it noted their ids. */
class DeletedModelMigrationTest {
    @Test
    void whatTheOutboxStillTellsOfIsNoted() throws Exception {
        UUID gone = UUID.randomUUID();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            // Given
            Flyway.configure()
                    .dataSource(postgres.getPostgresDatabase())
                    .target("110")
                    .load()
                    .migrate();
            for (String type : new String[] {"io.vedette.ModelDeleted", "io.vedette.ModelStatusChanged"}) {
                UUID model = type.endsWith("Deleted") ? gone : UUID.randomUUID();
                sql.execute("insert into outbox (event_id, topic, key, type, subject, data) values (gen_random_uuid(),"
                        + " 'vedette.lifecycle', 'arn', '" + type + "', 'arn', '{\"modelId\":\"" + model + "\"}')");
            }
            // When
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
            // Then
            try (ResultSet row = sql.executeQuery("select model_id from deleted_model")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getObject(1)).isEqualTo(gone);
                assertThat(row.next()).isFalse();
            }
        }
    }
}
