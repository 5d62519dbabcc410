package io.openrun.stock;

import java.sql.SQLException;
import java.util.List;

/** {@code SELECT … FOR UPDATE}, one request per transaction: correct anywhere, slow on a hot row. */
final class Pessimistic extends OneByOne {

    static final String NAME = "pessimistic";

    Pessimistic(LedgerParts parts) {
        super(parts);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    boolean decide(StockId stock, Ask<?> ask) throws SQLException {
        parts.transactions().run(stock, List.of(ask));
        return true;
    }
}
