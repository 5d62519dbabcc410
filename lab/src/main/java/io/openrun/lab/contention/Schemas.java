package io.openrun.lab.contention;

import io.openrun.lab.strategies.LabTables;
import io.openrun.stock.StockId;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import javax.sql.DataSource;

/** A schema for every contestant, with fresh tables for each of its runs. */
final class Schemas implements AutoCloseable {

    private static final String NOT_ALLOWED = "42501";

    private final DataSource database;
    private final boolean removes;
    private final Map<Contestant, StockSchema> schemas = new HashMap<>();
    private int created;

    /**
     * None yet.
     *
     * @param removes whether they are dropped in the end; otherwise the whole database goes
     */
    Schemas(DataSource database, boolean removes) {
        this.database = database;
        this.removes = removes;
    }

    /** All there are. */
    List<StockSchema> all() {
        return List.copyOf(schemas.values());
    }

    /** The contestant's schema, with nothing in its tables. */
    StockSchema fresh(Contestant contestant) throws SQLException {
        StockSchema known = schemas.get(contestant);
        if (known == null) {
            StockSchema schema = new StockSchema("lab_%s_%02d"
                    .formatted(Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX), created));
            schemas.put(contestant, schema);
            created++;
            try {
                LabTables.create(database, schema, contestant.hasConstraints());
            } catch (SQLException | RuntimeException e) {
                // What is half made is of no use to the next round.
                LabTables.drop(database, schema);
                schemas.remove(contestant);
                throw e;
            }
            return schema;
        }
        empty(known);
        return known;
    }

    /** Opens so many stocks on sale. */
    List<UUID> stocks(StockSchema schema, List<StockPlan> plans) {
        Stocks stocks = new Stocks(database, schema);
        List<UUID> ids = new ArrayList<>();
        for (StockPlan plan : plans) {
            ids.add(stocks.create(new StockId(UUID.randomUUID()), plan).id().value());
        }
        return ids;
    }

    /** Writes out what is dirty, so that no run pays for the one before it, where that is allowed. */
    void checkpoint() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            if (!NOT_ALLOWED.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Returns when the last hold that is still held has run out, by the database's clock. */
    void awaitExpiry(StockSchema schema) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(schema.sql("SELECT pg_sleep_until(max(expires_at)) FROM {schema}.hold WHERE status = 0"));
        }
    }

    private void empty(StockSchema schema) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            StringJoiner tables = new StringJoiner(", ");
            try (ResultSet rows = statement.executeQuery("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                    + " WHERE schemaname = '" + schema.name() + "' AND tablename <> 'flyway_schema_history'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            statement.execute("TRUNCATE " + tables);
        }
    }

    @Override
    public void close() throws SQLException {
        if (removes) {
            for (StockSchema schema : schemas.values()) {
                LabTables.drop(database, schema);
            }
        }
    }
}
