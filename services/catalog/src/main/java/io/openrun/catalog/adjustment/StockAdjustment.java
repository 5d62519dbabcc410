package io.openrun.catalog.adjustment;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.catalog.stock.StockView;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** That somebody changed how many units there are, and why; when, the database notes. */
@Entity
@Table(schema = "catalog", name = "stock_adjustment")
@SuppressWarnings("UnusedVariable") // The record is kept for those who read the table.
class StockAdjustment implements Persistable<UUID> {

    @Id
    private UUID id;

    private UUID productId;
    private long delta;
    private String reason;
    private long remaining;
    private UUID madeBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected StockAdjustment() {}

    private StockAdjustment(UUID productId, long delta, String reason, long remaining, UUID madeBy) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.productId = productId;
        this.delta = delta;
        this.reason = reason;
        this.remaining = remaining;
        this.madeBy = madeBy;
    }

    static StockAdjustment of(AdjustStock.Request request, StockView after, UUID madeBy) {
        return new StockAdjustment(after.productId(), request.delta(), request.reason(), after.remaining(), madeBy);
    }

    @Override
    public @Nullable UUID getId() {
        return id;
    }

    /** Written once, never changed. */
    @Override
    public boolean isNew() {
        return true;
    }
}
