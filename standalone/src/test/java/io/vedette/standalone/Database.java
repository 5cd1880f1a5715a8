package io.vedette.standalone;

import io.vedette.standalone.stack.StackLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** The stack's Postgres, for tests that look behind the api or let time pass there. */
record Database(StackLayout stack, String name) {
    Database(StackLayout stack) {
        this(stack, "vedette");
    }

    /** Another database of the same server. */
    Database in(String other) {
        return new Database(stack, other);
    }

    /** The first column of the only row. @param value takes the place of the question mark */
    long number(String sql, String value) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, value);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void execute(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Nobody else reads or writes the table until the lock is released: a database that is as slow as can be. */
    Lock lock(String table) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement("lock table " + table + " in access exclusive mode")) {
            statement.execute();
        }
        return new Lock(connection);
    }

    /** A table that is locked. */
    record Lock(Connection connection) implements AutoCloseable {
        void release() throws SQLException {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        }

        @Override
        public void close() throws SQLException {
            release();
            connection.close();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "vedette");
        properties.setProperty("password", stack.credentials().postgresPassword());
        return new Driver()
                .connect("jdbc:postgresql://127.0.0.1:" + stack.ports().postgres() + "/" + name, properties);
    }
}
