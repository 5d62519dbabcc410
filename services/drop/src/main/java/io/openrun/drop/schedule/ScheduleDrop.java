package io.openrun.drop.schedule;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.contracts.StockMove;
import io.openrun.contracts.StockMove.Announcement;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.Drop.Phase;
import io.openrun.stock.StockId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final ScheduleRequests requests;
    private final TransactionTemplate transaction;

    ScheduleDrop(
            Drops drops,
            DropEngine engine,
            CatalogStock catalog,
            ScheduleRequests requests,
            PlatformTransactionManager transactions) {
        this.drops = drops;
        this.requests = requests;
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

        /** The same key scheduled this drop before, with this answer; null when it was cut off before it was given. */
        record Replayed(UUID dropId, @Nullable String answer) implements Result {}

        /** The same key scheduled something else before. */
        record KeyReused() implements Result {}

        /** The same key is being scheduled at this moment. */
        record InFlight() implements Result {}

        /** The catalog could not be asked. Nothing is scheduled, and no units stay away. */
        record CatalogAway() implements Result {}
    }

    /** Schedules the plan, whoever asks, however often. */
    public Result schedule(DropPlan plan) {
        return schedule(plan, null);
    }

    /** Schedules the plan, once per key; the times must already be sane. */
    Result schedule(DropPlan plan, @Nullable RequestKey key) {
        var strategy = plan.strategy() == null ? engine.defaultStrategy() : plan.strategy();
        if (!engine.strategies().contains(strategy)) {
            return new Result.UnknownStrategy();
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        var earlier = draft(id, plan, strategy, key);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        var move = new StockMove(outOf(id), -plan.quantity(), new Announcement(id, plan.closesAt()));
        return switch (catalog.move(plan.productId(), move)) {
            case CatalogStock.Result.Moved moved -> open(id, plan);
            case CatalogStock.Result.Insufficient(long remaining) -> {
                discard(id);
                yield new Result.InsufficientStock(remaining);
            }
            case CatalogStock.Result.NoProduct() -> {
                discard(id);
                yield new Result.NoProduct();
            }
            case CatalogStock.Result.Unknown(String why) -> {
                log.warn("drop {} stays a draft, to be withdrawn: {}", id, why);
                yield new Result.CatalogAway();
            }
        };
    }

    /** The draft and its key come in one transaction, so that a key never has two drafts. Empty when it is written. */
    private Optional<Result> draft(UUID id, DropPlan plan, String strategy, @Nullable RequestKey key) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (key != null && !requests.claim(key, id)) {
                return Optional.of(earlier(requests.of(key), key));
            }
            drops.save(Drop.draft(id, plan, strategy, drops.now()));
            return Optional.empty();
        }));
    }

    private Result earlier(ScheduleRequests.Earlier request, RequestKey key) {
        if (!request.fingerprint().equals(key.fingerprint())) {
            return new Result.KeyReused();
        }
        return drops.findVisible(request.dropId()).isPresent()
                ? new Result.Replayed(request.dropId(), request.answer())
                : new Result.InFlight();
    }

    private void discard(UUID id) {
        transaction.executeWithoutResult(status -> {
            requests.forget(id);
            drops.deleteById(id);
        });
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
