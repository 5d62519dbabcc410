package io.openrun.stock;

import java.sql.SQLException;

/** The engine's tables could not be reached or refused a statement; the transaction did not happen. */
public final class StockAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StockAccessException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
