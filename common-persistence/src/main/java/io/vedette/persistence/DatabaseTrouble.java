package io.vedette.persistence;

import io.vedette.common.CannotStart;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps us from Postgres: whether it is worth waiting, and one line for whoever has to mend it. */
public final class DatabaseTrouble {
    private DatabaseTrouble() {}

    /** True for a failure of the connection or the server, false for one of the data or the program. */
    public static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                String state = refused.getSQLState();
                return state == null || !(state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RollbackException
                    || cause instanceof SystemException
                    || cause instanceof PersistenceException) {
                return true;
            }
        }
        return false;
    }

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
