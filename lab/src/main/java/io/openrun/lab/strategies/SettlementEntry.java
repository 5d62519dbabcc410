package io.openrun.lab.strategies;

import io.openrun.stock.HoldStatus;
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
import org.springframework.data.domain.Persistable;

/** A row of the settlement log. */
@Entity
@Table(name = "settlement")
@IdClass(SettlementEntry.Key.class)
class SettlementEntry implements Persistable<SettlementEntry.Key> {

    /** A stock and the settlement's number in it. */
    record Key(UUID stockId, long number) implements Serializable {}

    @Id
    @Column(name = "stock_id")
    UUID stockId;

    @Id
    long number;

    @Column(name = "hold_id")
    UUID holdId;

    @Enumerated(EnumType.ORDINAL)
    HoldStatus status;

    @Column(name = "settled_at")
    Instant settledAt;

    @Transient
    private boolean stored;

    /** For Hibernate. */
    protected SettlementEntry() {}

    SettlementEntry(StockRecord stock, HoldUnit hold, HoldStatus status) {
        this.stockId = stock.id;
        this.number = stock.nextSettlement();
        this.holdId = hold.id;
        this.status = status;
        this.settledAt = stock.now;
    }

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
        return new Key(stockId, number);
    }
}
