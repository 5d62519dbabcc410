package io.openrun.lab.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the database after a run: were exactly the units sold that clients were told, once each, without a gap? */
final class HoldBooks {

    // Every status counts for the line; only held and confirmed units count as sold.
    private static final String STOCK = """
            SELECT s.quantity - s.remaining                                                        AS taken,
                   s.last_sequence                                                                 AS last_sequence,
                   count(DISTINCT h.id) FILTER (WHERE h.status <= 1)                               AS holds,
                   coalesce(sum(h.quantity) FILTER (WHERE h.unit = 1 AND h.status <= 1), 0)        AS units,
                   count(DISTINCT h.sequence)                                                      AS places,
                   coalesce(max(h.sequence), 0)                                                    AS last_place
              FROM {schema}.stock s LEFT JOIN {schema}.hold h ON h.stock_id = s.id
             WHERE s.id = ?
             GROUP BY s.id""";

    private static final String OVER_LIMIT = """
            SELECT count(*) FROM (
                SELECT 1 FROM {schema}.hold h JOIN {schema}.stock s ON s.id = h.stock_id
                 WHERE s.id = ? AND h.status <= 1 AND s.per_holder_limit IS NOT NULL
                 GROUP BY h.holder, s.per_holder_limit HAVING count(*) > s.per_holder_limit) over_limit""";

    private final String jdbcUrl;
    private final String schema;

    HoldBooks(String jdbcUrl, String schema) {
        this.jdbcUrl = jdbcUrl;
        this.schema = schema;
    }

    /**
     * Compares the stocks with what clients were told.
     *
     * @param told purchases answered 201
     * @param unknown requests that were cut, which may or may not have bought
     * @return a sentence for everything that does not add up
     */
    List<String> faults(List<UUID> stocks, long told, long unknown) throws SQLException {
        List<String> faults = new ArrayList<>();
        long holds = 0;
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            for (UUID stock : stocks) {
                holds += count(connection, stock, faults);
            }
        }
        if (holds < told || holds > told + unknown) {
            faults.add("%,d were told 201, %,d requests were cut, and there are %,d holds"
                    .formatted(told, unknown, holds));
        }
        return faults;
    }

    /** Writes out what is dirty, so that no run pays for the one before it. */
    void checkpoint() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private long count(Connection connection, UUID stock, List<String> faults) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STOCK.replace("{schema}", schema))) {
            statement.setObject(1, stock);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    faults.add("there is no stock " + stock);
                    return 0;
                }
                long holds = row.getLong("holds");
                expect(faults, row.getLong("taken"), row.getLong("units"), "units taken from the stock and units held");
                expect(
                        faults,
                        row.getLong("places"),
                        row.getLong("last_place"),
                        "places and the last place in the line");
                expect(
                        faults,
                        row.getLong("last_place"),
                        row.getLong("last_sequence"),
                        "the last place and the counter");
                expect(faults, 0, overLimit(connection, stock), "nobody and people over the limit");
                return holds;
            }
        }
    }

    private long overLimit(Connection connection, UUID stock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OVER_LIMIT.replace("{schema}", schema))) {
            statement.setObject(1, stock);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void expect(List<String> faults, long one, long other, String what) {
        if (one != other) {
            faults.add("%s differ: %,d and %,d".formatted(what, one, other));
        }
    }
}
