package io.openrun.lab.strategies;

import io.openrun.stock.HoldRequest;
import io.openrun.stock.StockId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/** Spring Data repositories: what is changed on an entity is written without being asked for. */
final class JpaBooks implements Books {

    private final StockRows<?> stocks;
    private final Function<UUID, ? extends Optional<? extends StockRecord>> reading;
    private final HoldUnits units;
    private final SettlementEntries settlements;
    private boolean changed;

    /**
     * The books.
     *
     * @param reading how a stock is read, with a lock or without
     */
    JpaBooks(
            StockRows<?> stocks,
            Function<UUID, ? extends Optional<? extends StockRecord>> reading,
            HoldUnits units,
            SettlementEntries settlements) {
        this.stocks = stocks;
        this.reading = reading;
        this.units = units;
        this.settlements = settlements;
    }

    @Override
    public Optional<? extends StockRecord> stock(StockId stock) {
        return reading.apply(stock.value());
    }

    @Override
    public List<Integer> slots(HoldRequest request) {
        return units.slots(request.stock().value(), request.holder().value());
    }

    @Override
    public @Nullable HoldUnit keyed(HoldRequest request) {
        String key = request.idempotencyKey();
        return key == null ? null : units.keyed(request.holder().value(), key, Limit.of(1));
    }

    @Override
    public List<HoldUnit> units(Collection<UUID> holds) {
        return units.units(holds);
    }

    @Override
    public List<HoldUnit> line(StockRecord stock, int most) {
        return units.line(stock.id, stock.swept, Limit.of(most));
    }

    @Override
    public boolean haveChanged() {
        return changed;
    }

    /**
     * Hibernate would insert first and update afterwards. The stock's row goes first: with a version nothing is written
     * that could not stay, and two buyers meet at this row and not in an index.
     */
    @Override
    public void write(StockRecord stock) {
        changed = true;
        stocks.flush();
    }

    @Override
    public void insert(List<HoldUnit> added) {
        units.saveAll(added);
    }

    /** They are read in this transaction, so Hibernate sees what has changed. */
    @Override
    public void update(List<HoldUnit> changed) {}

    @Override
    public void log(List<SettlementEntry> entries) {
        settlements.saveAll(entries);
    }

    @Override
    public List<StockId> due(int most) {
        return stocks.due(Limit.of(most)).stream().map(StockId::new).toList();
    }

    @Override
    public OptionalLong remaining(StockId stock) {
        return stocks.remaining(stock.value()).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
