package io.openrun.stock;

import java.sql.SQLException;

/** The connection was lost between asking for the commit and hearing of it: it may have happened or not. */
final class CommitUnknownException extends SQLException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never leaves the process
    private final Desk desk;

    CommitUnknownException(Desk desk, SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause);
        this.desk = desk;
    }

    /** What was to be committed. */
    Desk desk() {
        return desk;
    }
}
