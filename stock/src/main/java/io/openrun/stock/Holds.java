package io.openrun.stock;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Reads holds.
 *
 * <p>Every method throws {@link StockAccessException} when the database is away.
 */
public final class Holds {

    private final StockDatabase database;

    /** The holds in that schema. */
    public Holds(DataSource dataSource, StockSchema schema) {
        this.database = new StockDatabase(dataSource, schema);
    }

    /** The hold as it stands now. */
    public Optional<Hold> find(HoldId id) {
        return database.one(
                "read hold " + id,
                StockColumns.HOLD_BY_ID,
                select -> select.setObject(1, id.value()),
                StockColumns::hold);
    }

    /**
     * The holder's newest holds in that stock, settled ones too, the newest first.
     *
     * @param beforeSequence only holds with a smaller sequence; {@link Long#MAX_VALUE} for all
     * @param limit how many at most
     */
    public List<Hold> of(HolderId holder, StockId stock, long beforeSequence, int limit) {
        return database.list(
                "read holds of " + holder,
                "SELECT " + StockColumns.HOLD + " FROM {schema}.hold"
                        + " WHERE stock_id = ? AND holder = ? AND unit = 1 AND sequence < ?"
                        + " ORDER BY sequence DESC LIMIT ?",
                select -> {
                    select.setObject(1, stock.value());
                    select.setObject(2, holder.value());
                    select.setLong(3, beforeSequence);
                    select.setInt(4, limit);
                },
                StockColumns::hold);
    }
}
