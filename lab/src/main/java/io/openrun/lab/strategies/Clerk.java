package io.openrun.lab.strategies;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldId;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HoldStatus;
import io.openrun.stock.Settlement;
import io.openrun.stock.StockId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads, checks and writes, the way a developer writes it who thinks of one buyer at a time. It is right as long as
 * nobody comes in between; who sees to that, if anybody does, is what tells the forms apart.
 */
final class Clerk {

    private static final int MOST_HOLDS_READ = 1_000;

    private final Books books;

    Clerk(Books books) {
        this.books = books;
    }

    HoldResult hold(HoldRequest request) {
        StockRecord stock = books.stock(request.stock()).orElse(null);
        if (stock == null) {
            return new HoldResult.UnknownStock();
        }
        HoldUnit earlier = books.keyed(request);
        if (earlier != null) {
            return replay(request, earlier.hold());
        }
        HoldResult outsideWindow = stock.outsideWindow();
        if (outsideWindow != null) {
            return outsideWindow;
        }
        if (stock.remaining <= 0) {
            return new HoldResult.SoldOut();
        }
        BitSet taken = new BitSet();
        if (stock.limit != null) {
            books.slots(request).forEach(taken::set);
            if (taken.cardinality() + (long) request.quantity() > stock.limit) {
                return new HoldResult.LimitReached(stock.limit, taken.cardinality());
            }
        }
        if (stock.remaining < request.quantity()) {
            return new HoldResult.SoldOut();
        }
        return new HoldResult.Held(place(stock, request, taken));
    }

    private static HoldResult replay(HoldRequest request, Hold earlier) {
        return earlier.stock().equals(request.stock()) && earlier.quantity() == request.quantity()
                ? new HoldResult.Replayed(earlier)
                : new HoldResult.KeyReused();
    }

    private Hold place(StockRecord stock, HoldRequest request, BitSet taken) {
        long sequence = stock.take(request.quantity());
        books.write(stock);
        UUID id = UuidCreator.getTimeOrderedEpoch();
        int rows = stock.limit == null ? 1 : request.quantity();
        List<HoldUnit> units = new ArrayList<>(rows);
        int slot = 0;
        for (int number = 1; number <= rows; number++) {
            HoldUnit unit = new HoldUnit();
            unit.id = id;
            unit.unit = number;
            unit.stockId = stock.id;
            unit.holder = request.holder().value();
            unit.sequence = sequence;
            unit.heldAt = stock.now;
            unit.expiresAt = stock.expiryOfNewHolds();
            unit.quantity = request.quantity();
            unit.status = HoldStatus.HELD;
            unit.idempotencyKey = number == 1 ? request.idempotencyKey() : null;
            if (stock.limit != null) {
                slot = taken.nextClearBit(slot + 1);
                unit.slot = slot;
                unit.holderLimit = stock.limit;
            }
            units.add(unit);
        }
        books.insert(units);
        return units.getFirst().hold();
    }

    Settlement confirm(StockId id, HoldId hold) {
        return settle(id, hold, Wish.CONFIRM);
    }

    Settlement release(StockId id, HoldId hold) {
        return settle(id, hold, Wish.RELEASE);
    }

    Settlement releaseUnconfirmed(StockId id, HoldId hold) {
        return settle(id, hold, Wish.RELEASE_UNCONFIRMED);
    }

    private enum Wish {
        CONFIRM,
        RELEASE,
        RELEASE_UNCONFIRMED
    }

    private Settlement settle(StockId id, HoldId hold, Wish wish) {
        StockRecord stock = books.stock(id).orElse(null);
        if (stock == null) {
            return new Settlement.UnknownHold();
        }
        List<HoldUnit> units = books.units(hold);
        if (units.isEmpty() || !units.getFirst().stockId.equals(id.value())) {
            return new Settlement.UnknownHold();
        }
        HoldStatus next = next(units.getFirst(), wish, stock.now);
        if (next == units.getFirst().status) {
            return new Settlement.Settled(next, false);
        }
        change(stock, units.getFirst(), next);
        SettlementEntry entry = new SettlementEntry(stock, units.getFirst(), next);
        books.write(stock);
        units.forEach(unit -> unit.settle(next));
        books.update(units);
        books.log(List.of(entry));
        return new Settlement.Settled(next, true);
    }

    /** A hold past its end is not confirmed: whoever comes first, the sweep or this, expires it. */
    private static HoldStatus next(HoldUnit hold, Wish wish, Instant now) {
        return switch (hold.status) {
            case HELD ->
                switch (wish) {
                    case CONFIRM -> now.isBefore(hold.expiresAt) ? HoldStatus.CONFIRMED : HoldStatus.EXPIRED;
                    case RELEASE, RELEASE_UNCONFIRMED -> HoldStatus.RELEASED;
                };
            case CONFIRMED -> wish == Wish.RELEASE ? HoldStatus.RELEASED : HoldStatus.CONFIRMED;
            case RELEASED, EXPIRED -> hold.status;
        };
    }

    private static void change(StockRecord stock, HoldUnit hold, HoldStatus next) {
        if (next == HoldStatus.CONFIRMED) {
            stock.confirm(hold.quantity);
        } else {
            stock.giveBack(hold.quantity, hold.status == HoldStatus.CONFIRMED);
        }
    }

    /** Expires holds whose end has passed, walking along the line from where the last sweep stopped. */
    int sweep(StockId id, int most) {
        StockRecord stock = books.stock(id).orElse(null);
        if (stock == null) {
            return 0;
        }
        List<HoldUnit> line = books.line(stock, MOST_HOLDS_READ);
        List<UUID> expired = new ArrayList<>();
        List<SettlementEntry> entries = new ArrayList<>();
        long swept = stock.swept;
        @Nullable Instant nextEnd = null;
        for (HoldUnit hold : line) {
            if (hold.status == HoldStatus.HELD) {
                if (stock.now.isBefore(hold.expiresAt) || expired.size() == most) {
                    nextEnd = hold.expiresAt;
                    break;
                }
                change(stock, hold, HoldStatus.EXPIRED);
                expired.add(hold.id);
                entries.add(new SettlementEntry(stock, hold, HoldStatus.EXPIRED));
            }
            swept = hold.sequence;
            nextEnd = line.size() == MOST_HOLDS_READ ? hold.expiresAt : null;
        }
        stock.sweptTo(swept, nextEnd);
        books.write(stock);
        if (!expired.isEmpty()) {
            List<HoldUnit> units = books.units(expired);
            units.forEach(unit -> unit.settle(HoldStatus.EXPIRED));
            books.update(units);
            books.log(entries);
        }
        return expired.size();
    }
}
