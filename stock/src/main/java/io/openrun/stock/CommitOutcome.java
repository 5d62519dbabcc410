package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, within a bounded time, whether a commit happened whose connection was lost. */
final class CommitOutcome {

    private static final Logger log = LoggerFactory.getLogger(CommitOutcome.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A batch commits as a whole, so one of its rows speaks for all of them. */
    private static final String HOLD_EXISTS = "SELECT EXISTS (SELECT 1 FROM {schema}.hold WHERE id = ? AND unit = 1)";

    private static final String SETTLEMENT_EXISTS = """
            SELECT EXISTS (SELECT 1 FROM {schema}.settlement WHERE stock_id = ? AND number = ? AND hold_id = ?)
            """;

    private final LedgerTransaction transactions;
    private final LedgerReads reads;
    private final StockSchema schema;
    private final Duration longest;

    CommitOutcome(LedgerTransaction transactions, LedgerReads reads, StockSchema schema, Duration longest) {
        this.transactions = transactions;
        this.reads = reads;
        this.schema = schema;
        this.longest = longest;
    }

    /**
     * Whether the transaction is known to have committed. False means it did not, or that the database stayed away:
     * its callers may then be told to try again, never that they were refused.
     */
    boolean committed(Desk desk) {
        long giveUp = System.nanoTime() + longest.toNanos();
        do {
            try {
                return exists(desk);
            } catch (SQLException e) {
                log.debug("the outcome of a commit is still unknown", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } while (System.nanoTime() < giveUp);
        log.warn("the outcome of a commit on stock {} stays unknown", desk.row().id());
        return false;
    }

    /** The lock is granted when the lost transaction has ended one way or the other, never before. */
    private boolean exists(Desk desk) throws SQLException {
        try (Connection connection = transactions.open()) {
            reads.lock(connection, desk.row().id());
            boolean exists = desk.placed().isEmpty() ? settled(connection, desk) : placed(connection, desk);
            connection.rollback();
            return exists;
        }
    }

    private boolean placed(Connection connection, Desk desk) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(schema.sql(HOLD_EXISTS))) {
            select.setObject(1, desk.placed().getLast().hold.id().value());
            return isTrue(select);
        }
    }

    private boolean settled(Connection connection, Desk desk) throws SQLException {
        Desk.Settled last = desk.settled().getLast();
        try (PreparedStatement select = connection.prepareStatement(schema.sql(SETTLEMENT_EXISTS))) {
            select.setObject(1, desk.row().id().value());
            select.setLong(2, last.number());
            select.setObject(3, last.hold());
            return isTrue(select);
        }
    }

    private static boolean isTrue(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
