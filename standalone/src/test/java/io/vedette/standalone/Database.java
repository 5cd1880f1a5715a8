package io.vedette.standalone;

import io.vedette.standalone.stack.StackLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** The stack's Postgres, for tests that look behind the api or let time pass there. */
record Database(StackLayout stack) {
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

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "vedette");
        properties.setProperty("password", stack.credentials().postgresPassword());
        return new Driver()
                .connect("jdbc:postgresql://127.0.0.1:" + stack.ports().postgres() + "/vedette", properties);
    }
}
