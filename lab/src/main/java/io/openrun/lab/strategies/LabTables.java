package io.openrun.lab.strategies;

import io.openrun.stock.StockSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes fresh tables for a strategy: the engine's own, with or without the constraints that decide. */
public final class LabTables {

    /** Rules that a shop without an arbiter does not have; what is left keeps only rows apart. */
    private static final String RULES = """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS statement
            FROM pg_constraint
            WHERE connamespace = ?::regnamespace AND contype = 'c'
            UNION ALL
            SELECT format('DROP INDEX %s', indexrelid::regclass)
            FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
            WHERE relnamespace = ?::regnamespace AND indisunique AND NOT indisprimary
              AND relname IN ('stock', 'hold', 'settlement')
            """;

    private LabTables() {}

    /** Creates the schema and its tables; it must not exist yet. */
    public static void create(DataSource dataSource, StockSchema schema, boolean withConstraints) throws SQLException {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema.name())
                .createSchemas(true)
                .locations(StockSchema.MIGRATIONS)
                .load()
                .migrate();
        if (!withConstraints) {
            dropRules(dataSource, schema);
        }
    }

    /** Removes the schema with all that is in it. */
    public static void drop(DataSource dataSource, StockSchema schema) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS \"" + schema.name() + "\" CASCADE");
        }
    }

    /** The lookups stay fast: plain indexes take the place of the unique ones. */
    static void dropRules(DataSource dataSource, StockSchema schema) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> drops = new ArrayList<>();
            try (var select = connection.prepareStatement(RULES)) {
                select.setString(1, schema.name());
                select.setString(2, schema.name());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        drops.add(rows.getString("statement"));
                    }
                }
            }
            for (String drop : drops) {
                statement.execute(drop);
            }
            statement.execute(schema.sql("CREATE INDEX ON {schema}.hold (stock_id, holder)"));
            statement.execute(schema.sql("CREATE INDEX ON {schema}.hold (stock_id, sequence)"));
            statement.execute(schema.sql("CREATE INDEX ON {schema}.hold (holder, idempotency_key)"));
        }
    }
}
