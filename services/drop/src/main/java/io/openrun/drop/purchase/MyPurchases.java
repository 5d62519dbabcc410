package io.openrun.drop.purchase;

import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.drop.schedule.KnownDrops;
import io.openrun.platform.web.Page;
import io.openrun.stock.Hold;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What somebody has bought in a drop. Blocks for the database. */
@Component
public class MyPurchases {

    /** The newest; the rest are among the orders. */
    static final int MAX_SHOWN = 100;

    private final KnownDrops drops;
    private final DropEngine engine;

    MyPurchases(KnownDrops drops, DropEngine engine) {
        this.drops = drops;
        this.engine = engine;
    }

    /**
     * One purchase, which is a hold of the engine.
     *
     * @param amount in the store currency's minor unit
     * @param status HELD, CONFIRMED, RELEASED or EXPIRED
     */
    public record Purchase(
            UUID orderId,
            UUID dropId,
            int quantity,
            long amount,
            long sequence,
            String status,
            Instant heldAt,
            Instant holdExpiresAt) {

        private static Purchase of(DropTerms terms, Hold hold) {
            return new Purchase(
                    hold.id().value(),
                    terms.id(),
                    hold.quantity(),
                    terms.amount(hold.quantity()),
                    hold.sequence(),
                    hold.status().name(),
                    hold.heldAt(),
                    hold.expiresAt());
        }
    }

    /** The purchases, the newest first; empty for an unknown drop. */
    public Optional<Page<Purchase>> of(HolderId buyer, UUID drop) {
        return drops.read(drop).map(terms -> {
            var holds = engine.holds().of(buyer, new StockId(drop), MAX_SHOWN);
            return new Page<>(
                    holds.stream().map(hold -> Purchase.of(terms, hold)).toList(), null);
        });
    }
}
