package io.openrun.stock;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

/** What a failed statement means for those who wait for it. */
enum SqlFailure {
    /** Two transactions stood in each other's way; doing it again helps. */
    CONFLICT,
    /** The database refused the data: something in the batch is wrong, the rest of it is not. */
    REFUSED,
    /** The database is away or broken; nobody's request is to blame. */
    AWAY;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** A commit that may have happened is nobody's fault either, whatever its state says. */
    static SqlFailure of(SQLException e) {
        if (e instanceof CommitUnknownException) {
            return AWAY;
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("40")) {
            return CONFLICT;
        }
        return state.startsWith("22") || state.startsWith("23") ? REFUSED : AWAY;
    }

    /** Whether the server itself said no, so that the transaction it said it in is known to have come to nothing. */
    static boolean isServersRefusal(SQLException e) {
        return of(e) != AWAY || LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }

    /**
     * Whether a lock was not got in time: the server said so, or it did not answer within the time limit. The engine's
     * statements are short; a healthy server takes that long over one only when it waits for a lock.
     */
    static boolean isLockTimeout(SQLException e) {
        return LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || e.getCause() instanceof SocketTimeoutException;
    }
}
