package io.openrun.lab.strategies;

import io.openrun.stock.HoldResult;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/**
 * A stock's row, and the arithmetic that these forms do with it in Java. JPA maps it; plain JDBC fills it by hand.
 *
 * <p>Columns that a sale never changes are not written back, and so are not sent.
 */
@MappedSuperclass
abstract class StockRecord {

    @Id
    UUID id;

    @Column
    long remaining;

    @Column
    long held;

    @Column
    long confirmed;

    @Column(name = "per_holder_limit", updatable = false)
    @Nullable
    Integer limit;

    @Column(name = "opens_at", updatable = false)
    @Nullable
    Instant opensAt;

    @Column(name = "closes_at", updatable = false)
    @Nullable
    Instant closesAt;

    @Column(name = "hold_millis", updatable = false)
    long holdMillis;

    @Column(name = "last_sequence")
    long lastSequence;

    @Column(name = "last_settlement")
    long lastSettlement;

    @Column
    long swept;

    @Column(name = "first_expiry")
    @Nullable
    Instant firstExpiry;

    /** The database's clock when the row was read: it decides, and costs no round trip of its own. */
    @Formula("clock_timestamp()")
    Instant now = Instant.EPOCH;

    /** Why nothing can be held at this moment, whoever asks, or null when the window is open. */
    final @Nullable HoldResult outsideWindow() {
        if (closesAt != null && !now.isBefore(closesAt)) {
            return new HoldResult.Closed(closesAt);
        }
        if (opensAt != null && now.isBefore(opensAt)) {
            return new HoldResult.NotOpen(opensAt);
        }
        return null;
    }

    final Instant expiryOfNewHolds() {
        return now.plusMillis(holdMillis);
    }

    /** Takes units and answers their hold's place in the line. */
    final long take(int quantity) {
        remaining -= quantity;
        held += quantity;
        if (firstExpiry == null) {
            firstExpiry = expiryOfNewHolds();
        }
        changed();
        return ++lastSequence;
    }

    /** Units that were held are sold. */
    final void confirm(int quantity) {
        held -= quantity;
        confirmed += quantity;
        changed();
    }

    /** Units come back, from a hold or from a sale that is undone. */
    final void giveBack(int quantity, boolean wereSold) {
        if (wereSold) {
            confirmed -= quantity;
        } else {
            held -= quantity;
        }
        remaining += quantity;
        changed();
    }

    /** Every hold up to that place is settled; the next one, if there is any, ends then. */
    final void sweptTo(long place, @Nullable Instant nextEnd) {
        swept = Math.max(swept, place);
        firstExpiry = nextEnd;
        changed();
    }

    final long nextSettlement() {
        return ++lastSettlement;
    }

    /** Somebody else counts the changes, or this does. */
    abstract void changed();
}
