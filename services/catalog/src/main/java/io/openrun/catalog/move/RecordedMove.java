package io.openrun.catalog.move;

import io.openrun.contracts.StockMove;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A move that happened, with its answer; the primary key is what makes it happen once. */
@Entity
@Table(schema = "catalog", name = "stock_move")
class RecordedMove implements Persistable<String> {

    @Id
    private String reference;

    private UUID productId;
    private long delta;
    private String productName;
    private long remaining;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected RecordedMove() {}

    private RecordedMove(String reference, UUID productId, long delta, String productName, long remaining) {
        this.reference = reference;
        this.productId = productId;
        this.delta = delta;
        this.productName = productName;
        this.remaining = remaining;
    }

    static RecordedMove of(StockMove move, StockMove.Moved answer) {
        return new RecordedMove(
                move.reference(), answer.productId(), move.delta(), answer.productName(), answer.remaining());
    }

    boolean is(UUID product, long units) {
        return productId.equals(product) && delta == units;
    }

    StockMove.Moved answer() {
        return new StockMove.Moved(productId, productName, remaining);
    }

    @Override
    public @Nullable String getId() {
        return reference;
    }

    /** Written once, never changed. */
    @Override
    public boolean isNew() {
        return true;
    }
}
