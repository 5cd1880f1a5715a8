package io.vedette.persistence;

import io.vedette.common.CannotStart;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.jboss.logging.Logger;

/**
 * The schema as this program knows it. A newer one will do as long as its {@code schema_floor} says so: migrations add
 * first and take away a version later, so that the version before can still run.
 */
@Singleton
public final class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);

    private final Flyway flyway;
    private final DataSource database;
    private final String url;
    private final String user;

    Schema(
            Flyway flyway,
            DataSource database,
            @ConfigProperty(name = "vedette.postgres.url") String url,
            @ConfigProperty(name = "vedette.postgres.user") String user) {
        this.flyway = flyway;
        this.database = database;
        this.url = url;
        this.user = user;
    }

    /** Brings the schema to what this program knows. @throws CannotStart saying what to mend */
    public void migrate() {
        refuseTooNew();
        try {
            flyway.migrate();
        } catch (FlywayException failure) {
            throw DatabaseTrouble.explained(failure, url, user);
        }
    }

    /** @throws CannotStart unless the schema has all that this program knows; for now, worth trying again */
    public void check() {
        List<String> lacking = refuseTooNew().stream()
                .filter(known ->
                        known.getState().isResolved() && !known.getState().isApplied())
                .map(MigrationInfo::getScript)
                .toList();
        if (!lacking.isEmpty()) {
            throw new CannotStart("The schema in Postgres at " + url + " lacks " + String.join(", ", lacking)
                    + ". Start an api-service of this version: it migrates at its start.");
        }
    }

    private List<MigrationInfo> refuseTooNew() {
        List<MigrationInfo> all = all();
        MigrationVersion known = newest(all, MigrationState::isResolved);
        MigrationVersion there = newest(all, MigrationState::isApplied);
        MigrationVersion floor = floor();
        if (floor.compareTo(known) > 0) {
            throw new CannotStart(
                    "The schema in Postgres at " + url + " is too new: it wants a program that knows migration " + floor
                            + ", and this one knows up to " + known + ". Start a newer version of Vedette.");
        }
        if (there.compareTo(known) > 0) {
            LOG.infof("found a newer schema, which will do migration=%s known=%s", there, known);
        }
        return all;
    }

    private static MigrationVersion newest(List<MigrationInfo> all, Predicate<MigrationState> state) {
        return all.stream()
                .filter(migration -> state.test(migration.getState()))
                .map(MigrationInfo::getVersion)
                .filter(version -> version != null)
                .max(MigrationVersion::compareTo)
                .orElse(MigrationVersion.EMPTY);
    }

    private List<MigrationInfo> all() {
        try {
            return List.of(flyway.info().all());
        } catch (FlywayException failure) {
            throw DatabaseTrouble.explained(failure, url, user);
        }
    }

    /** A schema from before there was a floor has none. */
    private MigrationVersion floor() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return isTrue(statement, "select to_regclass('schema_floor') is not null")
                    ? MigrationVersion.fromVersion(first(statement, "select oldest from schema_floor"))
                    : MigrationVersion.EMPTY;
        } catch (SQLException failure) {
            throw DatabaseTrouble.explained(failure, url, user);
        }
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        return first(statement, question).equals("t");
    }

    private static String first(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
