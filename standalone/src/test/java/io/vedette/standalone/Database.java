package io.vedette.standalone;

import io.vedette.standalone.stack.StackLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** The stack's Postgres, for tests that look behind the api or let time pass there. */
public record Database(StackLayout stack, String name) {
    public Database(StackLayout stack) {
        this(stack, "vedette");
    }

    /** Another database of the same server. */
    Database in(String other) {
        return new Database(stack, other);
    }

    /** The first column of the only row. @param values take the places of the question marks */
    public long number(String sql, Object... values) {
        return ((Number) rows(sql, values).get(0).values().iterator().next()).longValue();
    }

    /** All rows, by the columns' names. @param values take the places of the question marks */
    public List<Map<String, Object>> rows(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            List<Map<String, Object>> all = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    all.add(row(rows));
                }
            }
            return all;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Map<String, Object> row(ResultSet rows) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            row.put(rows.getMetaData().getColumnName(column), rows.getObject(column));
        }
        return row;
    }

    public void execute(String sql) {
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
                .connect("jdbc:postgresql://127.0.0.1:" + stack.listening().postgres() + "/" + name, properties);
    }
}
