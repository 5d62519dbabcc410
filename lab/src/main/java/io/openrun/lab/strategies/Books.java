package io.openrun.lab.strategies;

import io.openrun.stock.HoldId;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.StockId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a transaction reads and writes; a round trip each, unless said otherwise. */
interface Books {

    /** The stock's row and the database's clock. */
    Optional<? extends StockRecord> stock(StockId stock);

    /** Slots the holder's units take. */
    List<Integer> slots(HoldRequest request);

    /** What the request's key took before, if it has one; without a key nothing is asked. */
    @Nullable
    HoldUnit keyed(HoldRequest request);

    /** All units of those holds. */
    List<HoldUnit> units(Collection<UUID> holds);

    /** All units of that hold. */
    default List<HoldUnit> units(HoldId hold) {
        return units(List.of(hold.value()));
    }

    /** The next holds of the line beyond what was swept, one unit of each. */
    List<HoldUnit> line(StockRecord stock, int most);

    /** Writes the stock's counters as they were computed in Java. It comes before everything else that is written. */
    void write(StockRecord stock);

    /** Whether anything was written; if not, ending the transaction need not wait for the disk. */
    boolean haveChanged();

    void insert(List<HoldUnit> units);

    void update(List<HoldUnit> units);

    void log(List<SettlementEntry> entries);

    /** Stocks with holds whose end may have passed. */
    List<StockId> due(int most);

    /** Units nobody has, or empty for an unknown stock. */
    OptionalLong remaining(StockId stock);
}
