package io.openrun.lab.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a commit is on disk when it returns, as the database itself says. */
public record Durability(String fsync, String synchronousCommit, String fullPageWrites, String serverVersion) {

    /** Asks the database. */
    public static Durability of(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            return new Durability(
                    show(connection, "fsync"),
                    show(connection, "synchronous_commit"),
                    show(connection, "full_page_writes"),
                    show(connection, "server_version"));
        }
    }

    /** Whether all three are on. */
    public boolean full() {
        return fsync.equals("on") && synchronousCommit.equals("on") && fullPageWrites.equals("on");
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
