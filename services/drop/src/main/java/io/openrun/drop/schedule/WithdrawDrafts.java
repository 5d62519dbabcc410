package io.openrun.drop.schedule;

import io.openrun.contracts.StockMove;
import io.openrun.contracts.StockMove.Announcement;
import io.openrun.drop.schedule.Drop.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Undoes drafts that a crash or a silent catalog left behind. Nobody was told they are scheduled, so their units go
 * back.
 *
 * <p>Whether the units left is unknown, so the way out is asked for again under its reference: from then on it is
 * known, and the way back, with a reference of its own, undoes exactly that. Any number of instances may do this at
 * once.
 */
@Component
class WithdrawDrafts {

    private static final int MAX_BATCH = 20;

    private static final Logger log = LoggerFactory.getLogger(WithdrawDrafts.class);

    private final DraftSettings settings;
    private final Drops drops;
    private final CatalogStock catalog;
    private final ScheduleRequests requests;
    private final TransactionTemplate transaction;

    WithdrawDrafts(
            DraftSettings settings,
            Drops drops,
            CatalogStock catalog,
            ScheduleRequests requests,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.settings = settings;
        this.drops = drops;
        this.catalog = catalog;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Withdraws what is due and returns how many drafts that were. */
    int withdraw() {
        int withdrawn = 0;
        for (var drop : drops.findUnfinished(drops.now().minus(settings.abandonedAfter()), Limit.of(MAX_BATCH))) {
            withdrawn += withdraw(drop) ? 1 : 0;
        }
        return withdrawn;
    }

    private boolean withdraw(Drop drop) {
        // From here on scheduling can no longer succeed.
        if (drop.phase() == Phase.DRAFT && !move(drop, Phase.DRAFT, Phase.WITHDRAWING)) {
            return false;
        }
        var out = new StockMove(
                ScheduleDrop.outOf(drop.id()),
                -drop.quantity(),
                new Announcement(drop.id(), drop.plan().closesAt()));
        boolean settled =
                switch (catalog.move(drop.productId(), out)) {
                    case CatalogStock.Result.Moved moved ->
                        catalog.move(drop.productId(), back(drop)) instanceof CatalogStock.Result.Moved;
                    case CatalogStock.Result.Insufficient insufficient -> true;
                    case CatalogStock.Result.NoProduct noProduct -> true;
                    case CatalogStock.Result.Unknown unknown -> false;
                };
        if (settled && end(drop)) {
            log.info("withdrew the draft {}", drop.id());
            return true;
        }
        return false;
    }

    private static StockMove back(Drop drop) {
        return new StockMove(ScheduleDrop.outOf(drop.id()) + ":withdrawn", drop.quantity(), null);
    }

    private boolean end(Drop drop) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            requests.forget(drop.id());
            return drops.move(drop.id(), Phase.WITHDRAWING, Phase.WITHDRAWN) == 1;
        }));
    }

    private boolean move(Drop drop, Phase from, Phase to) {
        return Integer.valueOf(1).equals(transaction.execute(status -> drops.move(drop.id(), from, to)));
    }
}
