package io.vedette.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database from before there were accounts. */
class KeyMigrationTest {
    @Test
    void aKeyFromBeforeKeepsItsRightsAndItsAccountIsThere() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            // Given
            Flyway.configure()
                    .dataSource(postgres.getPostgresDatabase())
                    .target("2")
                    .load()
                    .migrate();
            sql.execute("insert into access_key (access_key_id, account, secret)"
                    + " values ('AKIAOLD', '000000000001', 'plain'), ('AKIAOLDER', '000000000001', 'plain')");
            // When
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
            // Then
            try (ResultSet row = sql.executeQuery("select k.root, k.active, k.secret, a.buckets, count(*) over ()"
                    + " from access_key k join account a using (account) order by access_key_id")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).isTrue();
                assertThat(row.getBoolean(2)).isTrue();
                assertThat(row.getString(3)).isEqualTo("plain");
                assertThat(row.getString(4)).isNull();
                assertThat(row.getInt(5)).isEqualTo(2);
            }
        }
    }
}
