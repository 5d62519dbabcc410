package io.openrun.stock;

import io.openrun.stock.Loaded.HolderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides asks in the order they arrived, on what the database said. It writes nothing: what it decided is for the
 * same transaction to write.
 */
final class Desk {

    private static final int[] NO_SLOTS = {};

    /** A new hold, and the slots its units take; none without a limit. */
    static final class Placed {
        final Hold hold;
        final int[] slots;
        final @Nullable String key;

        Placed(Hold hold, int[] slots, @Nullable String key) {
            this.hold = hold;
            this.slots = slots;
            this.key = key;
        }

        /** How many rows it makes: one per unit where units have slots, otherwise one. */
        int units() {
            return Math.max(1, slots.length);
        }
    }

    /** One numbered change of a hold. */
    record Settled(long number, UUID hold, HoldStatus status) {}

    private final StockRow row;
    private final Loaded loaded;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Settled> settled = new ArrayList<>();
    private final @Nullable HoldResult outsideWindow;
    private final Instant expiresAt;
    private long remaining;
    private long held;
    private long confirmed;
    private boolean refusedUnread;

    Desk(StockRow row, Loaded loaded) {
        this.row = row;
        this.loaded = loaded;
        this.outsideWindow = row.outsideWindow();
        this.expiresAt = row.now().plusMillis(row.holdMillis());
        this.remaining = row.remaining();
        this.held = row.held();
        this.confirmed = row.confirmed();
    }

    void decide(Ask<?> ask) {
        switch (ask) {
            case Ask.ToHold hold -> hold.decide(noted(hold.request, hold(hold.id, hold.request)));
            case Ask.ToSettle settle -> settle.decide(settle(settle.hold, settle.wish));
        }
    }

    private HoldResult noted(HoldRequest request, HoldResult result) {
        refusedUnread |= switch (result) {
            case HoldResult.LimitReached ignored -> true;
            case HoldResult.SoldOut ignored -> request.idempotencyKey() != null;
            case HoldResult.NotOpen ignored -> request.idempotencyKey() != null;
            case HoldResult.Closed ignored -> request.idempotencyKey() != null;
            default -> false;
        };
        return result;
    }

    /** Whether a refusal hangs on slots or keys: if they were not read, it may be wrong or imprecise. */
    boolean refusedUnread() {
        return refusedUnread;
    }

    private HoldResult hold(HoldId id, HoldRequest request) {
        Hold earlier = earlier(request);
        if (earlier != null) {
            return replay(request, earlier);
        }
        if (outsideWindow != null) {
            return outsideWindow;
        }
        if (remaining == 0) {
            return new HoldResult.SoldOut();
        }
        int[] slots = NO_SLOTS;
        if (row.limit() != null) {
            BitSet taken = loaded.slots().computeIfAbsent(request.holder().value(), holder -> new BitSet());
            if (taken.cardinality() + (long) request.quantity() > row.limit()) {
                return new HoldResult.LimitReached(row.limit(), taken.cardinality());
            }
            if (request.quantity() <= remaining) {
                slots = take(taken, request.quantity());
            }
        }
        if (request.quantity() > remaining) {
            return new HoldResult.SoldOut();
        }
        return new HoldResult.Held(place(id, request, slots));
    }

    private @Nullable Hold earlier(HoldRequest request) {
        return request.idempotencyKey() == null
                ? null
                : loaded.keyed().get(new HolderKey(request.holder().value(), request.idempotencyKey()));
    }

    /** What a repeated key answers: the hold it took, if it was used for the same thing. */
    static HoldResult replay(HoldRequest request, Hold earlier) {
        return earlier.stock().equals(request.stock()) && earlier.quantity() == request.quantity()
                ? new HoldResult.Replayed(earlier)
                : new HoldResult.KeyReused();
    }

    private static int[] take(BitSet taken, int quantity) {
        int[] slots = new int[quantity];
        int slot = 0;
        for (int unit = 0; unit < quantity; unit++) {
            slot = taken.nextClearBit(slot + 1);
            taken.set(slot);
            slots[unit] = slot;
        }
        return slots;
    }

    private Hold place(HoldId id, HoldRequest request, int[] slots) {
        Hold hold = new Hold(
                id,
                row.id(),
                request.holder(),
                request.quantity(),
                row.lastSequence() + placed.size() + 1,
                HoldStatus.HELD,
                row.now(),
                expiresAt);
        placed.add(new Placed(hold, slots, request.idempotencyKey()));
        if (request.idempotencyKey() != null) {
            loaded.keyed().put(new HolderKey(request.holder().value(), request.idempotencyKey()), hold);
        }
        remaining -= request.quantity();
        held += request.quantity();
        return hold;
    }

    private Settlement settle(HoldId id, Ask.Wish wish) {
        OpenHold hold = loaded.open().get(id.value());
        if (hold == null) {
            return new Settlement.UnknownHold();
        }
        HoldStatus next = next(hold, wish);
        boolean changed = next != hold.status;
        if (changed) {
            change(hold, next);
        }
        return new Settlement.Settled(next, changed);
    }

    /** A hold past its end is not confirmed: whoever comes first, the sweep or this, expires it. */
    private HoldStatus next(OpenHold hold, Ask.Wish wish) {
        return switch (hold.status) {
            case HELD ->
                switch (wish) {
                    case RELEASE, RELEASE_UNCONFIRMED -> HoldStatus.RELEASED;
                    case CONFIRM -> row.now().isBefore(hold.expiresAt) ? HoldStatus.CONFIRMED : HoldStatus.EXPIRED;
                };
            case CONFIRMED -> wish == Ask.Wish.RELEASE ? HoldStatus.RELEASED : HoldStatus.CONFIRMED;
            case RELEASED, EXPIRED -> hold.status;
        };
    }

    /** Expires the hold if it is still held. */
    void expire(OpenHold hold) {
        if (hold.status == HoldStatus.HELD) {
            change(hold, HoldStatus.EXPIRED);
        }
    }

    private void change(OpenHold hold, HoldStatus next) {
        if (hold.status == HoldStatus.HELD) {
            held -= hold.quantity;
        } else {
            confirmed -= hold.quantity;
        }
        if (next == HoldStatus.CONFIRMED) {
            confirmed += hold.quantity;
        } else {
            remaining += hold.quantity;
            BitSet taken = loaded.slots().get(hold.holder);
            if (taken != null) {
                taken.andNot(hold.slots);
            }
        }
        hold.status = next;
        settled.add(new Settled(row.lastSettlement() + settled.size() + 1, hold.id, next));
    }

    boolean changedSomething() {
        return !placed.isEmpty() || !settled.isEmpty();
    }

    /** Whether instances that remember the stock as sold out must be told. */
    boolean restocked() {
        return row.remaining() == 0 && remaining > 0;
    }

    StockRow row() {
        return row;
    }

    List<Placed> placed() {
        return placed;
    }

    /** How many rows the new holds make. */
    int placedRows() {
        return placed.stream().mapToInt(Placed::units).sum();
    }

    List<Settled> settled() {
        return settled;
    }

    /** Every hold that was settled, under the last of the statuses it went through. */
    Map<HoldStatus, List<UUID>> holdsByFinalStatus() {
        Map<UUID, HoldStatus> last = LinkedHashMap.newLinkedHashMap(settled.size());
        settled.forEach(change -> last.put(change.hold(), change.status()));
        Map<HoldStatus, List<UUID>> holds = new EnumMap<>(HoldStatus.class);
        last.forEach((hold, status) ->
                holds.computeIfAbsent(status, first -> new ArrayList<>()).add(hold));
        return holds;
    }

    /** The counters as they must be written. */
    StockRow after() {
        return new StockRow(
                row.id(),
                remaining,
                held,
                confirmed,
                row.limit(),
                row.opensAt(),
                row.closesAt(),
                row.holdMillis(),
                row.lastSequence() + placed.size(),
                row.lastSettlement() + settled.size(),
                row.version() + 1,
                row.now());
    }
}
