package io.openrun.lab.strategies;

import io.openrun.stock.Hold;
import io.openrun.stock.HoldId;
import io.openrun.stock.HoldStatus;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A row of the hold table: one per hold, or one per unit where the stock has a limit per holder.
 *
 * <p>It knows that it is new, so that saving it is an INSERT without a SELECT before it.
 */
@Entity
@Table(name = "hold")
@IdClass(HoldUnit.Key.class)
@DynamicUpdate
class HoldUnit implements Persistable<HoldUnit.Key> {

    /** A hold and which of its units. */
    record Key(UUID id, int unit) implements Serializable {}

    @Id
    UUID id;

    @Id
    int unit;

    @Column(name = "stock_id", updatable = false)
    UUID stockId;

    @Column(updatable = false)
    UUID holder;

    @Column(updatable = false)
    long sequence;

    @Column(name = "held_at", updatable = false)
    Instant heldAt;

    @Column(name = "expires_at", updatable = false)
    Instant expiresAt;

    @Column(updatable = false)
    int quantity;

    @Column
    @Nullable
    Integer slot;

    @Column(name = "holder_limit", updatable = false)
    @Nullable
    Integer holderLimit;

    /** The order of the constants is the engine's coding. */
    @Enumerated(EnumType.ORDINAL)
    HoldStatus status;

    @Column(name = "idempotency_key", updatable = false)
    @Nullable
    String idempotencyKey;

    @Transient
    private boolean stored;

    @PostLoad
    @PostPersist
    void isStored() {
        stored = true;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    @Override
    public Key getId() {
        return new Key(id, unit);
    }

    /** The hold this unit speaks for. */
    Hold hold() {
        return new Hold(
                new HoldId(id),
                new StockId(stockId),
                new HolderId(holder),
                quantity,
                sequence,
                status,
                heldAt,
                expiresAt);
    }

    /** A unit that goes back gives up its slot; the engine's constraint insists on it. */
    void settle(HoldStatus next) {
        status = next;
        if (next != HoldStatus.CONFIRMED) {
            slot = null;
        }
    }
}
