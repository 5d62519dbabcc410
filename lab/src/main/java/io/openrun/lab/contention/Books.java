package io.openrun.lab.contention;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.openrun.lab.contention.instance.Acknowledgements;
import io.openrun.lab.contention.instance.Acknowledgements.Claim;
import io.openrun.stock.StockAudit;
import io.openrun.stock.StockId;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Compares a run's tables with themselves and with what buyers were told. It trusts no counter and no constraint:
 * everything is counted from the rows.
 */
final class Books {

    private static final String TOLD = """
            CREATE TEMPORARY TABLE told (
                stock uuid NOT NULL, hold uuid NOT NULL, sequence bigint NOT NULL, claim smallint NOT NULL,
                instance smallint NOT NULL, arrival bigint NOT NULL
            ) ON COMMIT DROP
            """;

    /** 0 THEIRS, 1 CONFIRMED, 2 ONCE_HELD, 3 SHOWN_AGAIN. */
    private static final String LOST = """
            SELECT count(*) FROM told
            WHERE NOT EXISTS (
                SELECT FROM {schema}.hold
                WHERE hold.id = told.hold AND unit = 1 AND hold.stock_id = told.stock
                  AND hold.sequence = told.sequence
                  AND CASE claim WHEN 0 THEN status IN (0, 1) WHEN 1 THEN status = 1 ELSE true END)
            """;

    private static final String TWICE = """
            SELECT count(*) - count(DISTINCT hold) FROM told WHERE claim <> 3
            """;

    private static final String UNCLAIMED = """
            SELECT count(*) FROM {schema}.hold
            WHERE stock_id = ANY (?) AND unit = 1 AND status IN (0, 1)
              AND NOT EXISTS (SELECT FROM told WHERE told.hold = hold.id)
            """;

    /**
     * Neighbours, in the order in which buyers of a stock first came to one instance, whose places in the line are
     * swapped. Buyers at different instances have no order that anyone could know.
     */
    private static final String INVERSIONS = """
            SELECT count(*) FILTER (WHERE sequence < before) FROM (
                SELECT sequence, lag(sequence) OVER (PARTITION BY instance, stock ORDER BY arrival) AS before
                FROM told WHERE arrival >= 0 AND claim <> 3) AS visits
            """;

    private static final String STUCK = """
            SELECT coalesce(sum(quantity), 0) FROM {schema}.hold
            WHERE stock_id = ANY (?) AND unit = 1 AND status = 0 AND expires_at <= clock_timestamp()
            """;

    private final DataSource database;
    private final StockSchema schema;
    private final List<UUID> stocks;

    Books(DataSource database, StockSchema schema, List<UUID> stocks) {
        this.database = database;
        this.schema = schema;
        this.stocks = stocks;
    }

    /**
     * What the books say.
     *
     * @param free units nobody has, counted from the holds
     * @param stuck units held although their time is over
     */
    record Findings(
            long oversold,
            long free,
            long duplicates,
            long limitViolations,
            long sequenceGaps,
            long inversions,
            long miscounted,
            long lost,
            long unclaimed,
            long stuck) {

        /** The same when so many requests may have taken something without anybody being told. */
        Findings forgiving(long unknown) {
            return new Findings(
                    oversold,
                    free,
                    duplicates,
                    limitViolations,
                    sequenceGaps,
                    inversions,
                    miscounted,
                    lost,
                    Math.max(0, unclaimed - unknown),
                    stuck);
        }
    }

    /** Audits; what buyers were told is in those files. */
    Findings audit(List<Path> told) throws SQLException, IOException {
        long oversold = 0;
        long free = 0;
        long duplicates = 0;
        long limitViolations = 0;
        long sequenceGaps = 0;
        long miscounted = 0;
        Stocks audits = new Stocks(database, schema);
        for (UUID stock : stocks) {
            StockAudit audit = audits.audit(new StockId(stock))
                    .orElseThrow(() -> new SQLException("stock " + stock + " is not there any more"));
            oversold += audit.oversold();
            free += Math.max(0, audit.quantity() - audit.held() - audit.confirmed());
            duplicates += audit.duplicates();
            limitViolations += audit.limitViolations();
            sequenceGaps += audit.sequenceGaps();
            miscounted += audit.miscounted();
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            load(connection, told);
            Findings findings = new Findings(
                    oversold,
                    free,
                    duplicates + count(connection, TWICE, false),
                    limitViolations,
                    sequenceGaps,
                    count(connection, INVERSIONS, false),
                    miscounted,
                    count(connection, LOST, false),
                    count(connection, UNCLAIMED, true),
                    count(connection, STUCK, true));
            connection.commit();
            return findings;
        }
    }

    private void load(Connection connection, List<Path> told) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TOLD);
            String[] names = stocks.stream().map(UUID::toString).toArray(String[]::new);
            try (Writer copy = new OutputStreamWriter(
                    new PGCopyOutputStream(connection.unwrap(PGConnection.class), "COPY told FROM STDIN"), US_ASCII)) {
                for (Path file : told) {
                    Acknowledgements.read(file, one -> {
                        copy.append(names[one.stock()])
                                .append('\t')
                                .append(one.hold().toString());
                        copy.append('\t').append(Long.toString(one.sequence()));
                        copy.append('\t').append(code(one.claim()));
                        copy.append('\t').append(Integer.toString(one.instance()));
                        copy.append('\t').append(Long.toString(one.arrival())).append('\n');
                    });
                }
            }
            statement.execute("ANALYZE told");
            // Nobody has counted the holds: a planner that takes them for few would read all that was told for each.
            statement.execute("SET LOCAL enable_nestloop = off");
            // A minute of the fastest strategy is millions of lines.
            statement.execute("SET LOCAL work_mem = '64MB'");
        }
    }

    private static char code(Claim claim) {
        return switch (claim) {
            case THEIRS -> '0';
            case CONFIRMED -> '1';
            case ONCE_HELD -> '2';
            case SHOWN_AGAIN -> '3';
        };
    }

    private long count(Connection connection, String query, boolean ofStocks) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(schema.sql(query))) {
            if (ofStocks) {
                select.setArray(1, connection.createArrayOf("uuid", stocks.toArray()));
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
