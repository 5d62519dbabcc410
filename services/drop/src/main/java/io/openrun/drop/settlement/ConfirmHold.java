package io.openrun.drop.settlement;

import io.openrun.contracts.HoldConfirmation.Outcome;
import io.openrun.drop.engine.DropEngine;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldId;
import io.openrun.stock.Settlement;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Money was taken for a hold: it is sold, exactly once, unless it ran out or was given back before. This is what
 * decides between a late payment and the expiry.
 */
@Component
class ConfirmHold {

    private final DropEngine engine;

    ConfirmHold(DropEngine engine) {
        this.engine = engine;
    }

    /** What became of it. */
    sealed interface Result {
        /** Decided, now or earlier. */
        record Decided(Outcome outcome) implements Result {}

        /** The engine could not decide just now: ask again. */
        record Busy(Duration retryAfter) implements Result {}
    }

    /** Confirms; asked again, answers the same. */
    Result confirm(UUID orderId) {
        var id = new HoldId(orderId);
        var found = engine.holds().find(id);
        if (found.isEmpty()) {
            return new Result.Decided(Outcome.UNKNOWN);
        }
        Hold hold = found.get();
        return switch (engine.ledger().confirm(hold.stock(), id).join()) {
            case Settlement.Settled(var status, boolean changed) ->
                new Result.Decided(
                        switch (status) {
                            case CONFIRMED -> Outcome.CONFIRMED;
                            case RELEASED -> Outcome.RELEASED;
                            // Past its end and not yet swept: it will expire and cannot be sold any more.
                            case HELD, EXPIRED -> Outcome.EXPIRED;
                        });
            case Settlement.UnknownHold() -> new Result.Decided(Outcome.UNKNOWN);
            case Settlement.Busy(Duration retryAfter) -> new Result.Busy(retryAfter);
        };
    }
}
