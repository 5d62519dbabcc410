package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, within a bounded time, whether a commit happened whose connection was lost. */
final class CommitOutcome {

    private static final Logger log = LoggerFactory.getLogger(CommitOutcome.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final LedgerTransaction transactions;
    private final LedgerReads reads;
    private final Duration longest;

    CommitOutcome(LedgerTransaction transactions, LedgerReads reads, Duration longest) {
        this.transactions = transactions;
        this.reads = reads;
        this.longest = longest;
    }

    /**
     * Whether the transaction is known to have committed. False means it did not, or that the database stayed away:
     * its callers may then be told to try again, never that they were refused.
     */
    boolean committed(CommitUnknownException lost) {
        long giveUp = System.nanoTime() + longest.toNanos();
        do {
            try {
                return exists(lost);
            } catch (SQLException e) {
                log.debug("the outcome of a commit is still unknown", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } while (System.nanoTime() < giveUp);
        log.warn("the outcome of a commit on stock {} stays unknown", lost.stock());
        return false;
    }

    /**
     * The lock is granted when the lost transaction has ended one way or the other. Only a {@link SingleSale} that the
     * server had not begun can come after it.
     */
    private boolean exists(CommitUnknownException lost) throws SQLException {
        try (Connection connection = transactions.open()) {
            reads.lock(connection, lost.stock());
            boolean exists = lost.trace().exists(connection);
            connection.rollback();
            return exists;
        }
    }
}
