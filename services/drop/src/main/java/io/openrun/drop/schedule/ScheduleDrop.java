package io.openrun.drop.schedule;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.contracts.StockMove;
import io.openrun.contracts.StockMove.Announcement;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.Drop.Phase;
import io.openrun.stock.StockId;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a drop on the calendar, in three steps that each survive a crash: a draft is written, the units leave the
 * product's stock, and the drop with its stock becomes visible. No step calls the catalog inside a transaction; a
 * draft that was left behind is undone by {@link WithdrawDrafts}.
 */
@Component
public class ScheduleDrop {

    private static final Logger log = LoggerFactory.getLogger(ScheduleDrop.class);

    private final Drops drops;
    private final DropEngine engine;
    private final CatalogStock catalog;
    private final TransactionTemplate transaction;

    ScheduleDrop(Drops drops, DropEngine engine, CatalogStock catalog, PlatformTransactionManager transactions) {
        this.drops = drops;
        this.engine = engine;
        this.catalog = catalog;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What became of a plan. */
    public sealed interface Result {

        /** It is on the calendar. */
        record Scheduled(UUID dropId) implements Result {}

        /** The product has fewer units than the drop needs. */
        record InsufficientStock(long remaining) implements Result {}

        /** There is no such product. */
        record NoProduct() implements Result {}

        /** There is no strategy of that name. */
        record UnknownStrategy() implements Result {}

        /** The catalog could not be asked. Nothing is scheduled, and no units stay away. */
        record CatalogAway() implements Result {}
    }

    /** Schedules the plan; the times must already be sane. */
    public Result schedule(DropPlan plan) {
        var strategy = plan.strategy() == null ? engine.defaultStrategy() : plan.strategy();
        if (!engine.strategies().contains(strategy)) {
            return new Result.UnknownStrategy();
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        drops.save(Drop.draft(id, plan, strategy, drops.now()));
        var move = new StockMove(outOf(id), -plan.quantity(), new Announcement(id, plan.closesAt()));
        return switch (catalog.move(plan.productId(), move)) {
            case CatalogStock.Result.Moved moved -> open(id, plan);
            case CatalogStock.Result.Insufficient(long remaining) -> {
                drops.deleteById(id);
                yield new Result.InsufficientStock(remaining);
            }
            case CatalogStock.Result.NoProduct() -> {
                drops.deleteById(id);
                yield new Result.NoProduct();
            }
            case CatalogStock.Result.Unknown(String why) -> {
                log.warn("drop {} stays a draft, to be withdrawn: {}", id, why);
                yield new Result.CatalogAway();
            }
        };
    }

    /** The stock and the visible drop come in one transaction: neither is ever seen without the other. */
    private Result open(UUID id, DropPlan plan) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (drops.move(id, Phase.DRAFT, Phase.SCHEDULED) == 0) {
                return new Result.CatalogAway();
            }
            engine.stocks().create(new StockId(id), plan.stock());
            return new Result.Scheduled(id);
        }));
    }

    /** The reference under which a drop's units leave the product. */
    static String outOf(UUID dropId) {
        return "drop:" + dropId;
    }
}
