package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;

/** The connection was lost between asking for the commit and hearing of it: it may have happened or not. */
final class CommitUnknownException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** Looks for something that the commit would have left. */
    interface Trace {
        /** Whether it is there, asked while nobody else can change the stock. */
        boolean exists(Connection connection) throws SQLException;
    }

    private final transient StockId stock;
    private final transient Trace trace;

    CommitUnknownException(StockId stock, Trace trace, SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause);
        this.stock = stock;
        this.trace = trace;
    }

    /** Whose units the transaction was about. */
    StockId stock() {
        return stock;
    }

    Trace trace() {
        return trace;
    }
}
