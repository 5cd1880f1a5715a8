package io.vedette.persistence;

import io.vedette.common.CannotStart;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps us from Postgres, in one line for whoever has to mend it. */
final class DatabaseTrouble {
    private DatabaseTrouble() {}

    static CannotStart explained(Throwable failure, String url, String user) {
        return new CannotStart(sentence(failure, url, user), failure);
    }

    /** By the SQLSTATE of the innermost SQL failure (PostgreSQL, appendix A). */
    private static String sentence(Throwable failure, String url, String user) {
        SQLException refusal = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner)
                .orElse(null);
        String at = "Postgres at " + url + " (vedette.postgres.url)";
        if (refusal == null) {
            return at + " has a schema that cannot be migrated (" + oneLine(failure)
                    + "). Restore a backup, or mend the table flyway_schema_history.";
        }
        String state = refusal.getSQLState() == null ? "" : refusal.getSQLState();
        String reason = firstLine(refusal);
        if (state.startsWith("28")) {
            return at + " refused the user " + user + " (" + reason
                    + "). Mend vedette.postgres.user or vedette.postgres.password.";
        }
        if (state.startsWith("3D")) {
            return at + " has no such database (" + reason + "). Create it, or mend vedette.postgres.url.";
        }
        if (state.startsWith("42501")) {
            return at + " does not let the user " + user + " do it (" + reason
                    + "). Make the user the database's owner.";
        }
        boolean away = state.startsWith("08") || state.startsWith("57P") || state.isEmpty();
        return away
                ? at + " does not answer (" + reason + "). Mend the address, or start the database."
                : at + " failed: " + reason;
    }

    private static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
