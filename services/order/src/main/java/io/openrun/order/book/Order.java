package io.openrun.order.book;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * An order as it stood when it was read. It is never written through this object: it is made by
 * {@link io.openrun.order.placement.PlaceOrders} and changed by the guarded updates of {@link Orders}.
 */
@Entity
@Immutable
@Table(schema = "orders", name = "orders")
public class Order {

    @Id
    private UUID id;

    @Column
    private UUID userId;

    @Column
    private UUID dropId;

    @Column
    private long sequence;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Column
    private int version;

    @Column
    private String @Nullable [] changes;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    private List<OrderItem> items;

    @Column
    private long total;

    @Column
    private long discount;

    @Column
    private long payable;

    @Column
    private Instant holdExpiresAt;

    @Column
    private @Nullable UUID paidBy;

    @Column
    private Instant createdAt;

    @Column
    private Instant changedAt;

    /** For Hibernate. */
    protected Order() {}

    /** The hold's id. */
    public UUID id() {
        return id;
    }

    /** Whose it is. */
    public UUID userId() {
        return userId;
    }

    /** The drop it was bought in. */
    public UUID dropId() {
        return dropId;
    }

    /** Its place in the drop's line, from 1. */
    public long sequence() {
        return sequence;
    }

    /** How it stood when it was read. */
    public OrderStatus status() {
        return status;
    }

    /** How often its status had changed. */
    public int version() {
        return version;
    }

    /** How it stood after that change, 0 for how it was made; where nobody knows any more, how it stands now. */
    public OrderStatus statusAfter(int change) {
        if (change == 0) {
            return version == 0 ? status : OrderStatus.PENDING_PAYMENT;
        }
        return change < version && changes != null && change <= changes.length
                ? OrderStatus.valueOf(changes[change - 1])
                : status;
    }

    /** What was bought. */
    public List<OrderItem> items() {
        return List.copyOf(items);
    }

    /** The sum of its items. */
    public long total() {
        return total;
    }

    /** What a coupon takes off. */
    public long discount() {
        return discount;
    }

    /** {@code total − discount}. */
    public long payable() {
        return payable;
    }

    /** Until when it may be paid. */
    public Instant holdExpiresAt() {
        return holdExpiresAt;
    }

    /** The payment whose money it has, or had before it was cancelled. */
    public @Nullable UUID paidBy() {
        return paidBy;
    }

    /** When the units were held. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When its status last changed, by the database's clock. */
    public Instant changedAt() {
        return changedAt;
    }
}
