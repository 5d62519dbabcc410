package io.openrun.drop.purchase;

import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.drop.schedule.KnownDrops;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import io.openrun.stock.Hold;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What somebody has bought in a drop. Blocks for the database. */
@Component
public class MyPurchases {

    private static final int USUAL_LIMIT = 20;

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

    /**
     * Which part of the list is wanted.
     *
     * @param beforeSequence only purchases with an earlier place in the line
     * @param limit the most of them, 1 to {@value Cursor#MAX_LIMIT}
     */
    public record Part(long beforeSequence, int limit) {

        /** As the address says it, the same on both ports; 400 for what is no part of this list. */
        public static Part of(@Nullable String limit, @Nullable String cursor) {
            return new Part(sequence(Cursor.decode(cursor)), Cursor.limit(number(limit)));
        }

        private static int number(@Nullable String limit) {
            try {
                return limit == null ? USUAL_LIMIT : Integer.parseInt(limit);
            } catch (NumberFormatException junk) {
                throw Problem.invalid("limit", "has the wrong type").asException();
            }
        }

        private static long sequence(@Nullable String position) {
            try {
                return position == null ? Long.MAX_VALUE : Long.parseLong(position);
            } catch (NumberFormatException notOurs) {
                throw Problem.invalid("cursor", "is not a cursor from this list")
                        .asException();
            }
        }
    }

    /** That part of the purchases, the newest first; empty for an unknown drop. */
    public Optional<Page<Purchase>> of(HolderId buyer, UUID drop, Part part) {
        return drops.read(drop).map(terms -> {
            var holds = engine.holds().of(buyer, new StockId(drop), part.beforeSequence(), part.limit() + 1);
            return Page.of(holds, part.limit(), hold -> Long.toString(hold.sequence()))
                    .map(hold -> Purchase.of(terms, hold));
        });
    }
}
