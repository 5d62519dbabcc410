package io.openrun.payment.paying;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to pay for an order. Read here as it was at some moment; every change is a guarded update in
 * {@link Payments}, never a write of what was read.
 */
@Entity
@Immutable
@Table(schema = "payments", name = "payment")
class Payment {

    @Id
    private UUID id;

    @Column(nullable = false)
    private UUID orderId;

    @Column(nullable = false)
    private UUID userId;

    @Column(nullable = false)
    private long amount;

    @Enumerated(EnumType.STRING)
    private PaymentMethod method;

    @Enumerated(EnumType.STRING)
    private PaymentStatus status;

    private @Nullable String failureCode;

    @Column(nullable = false)
    private Instant createdAt;

    @Column(nullable = false)
    private Instant expiresAt;

    private @Nullable Instant settledAt;

    private @Nullable Instant refundDueAt;

    protected Payment() {}

    UUID id() {
        return id;
    }

    UUID orderId() {
        return orderId;
    }

    UUID userId() {
        return userId;
    }

    /** In the store currency's minor unit; the order's. */
    long amount() {
        return amount;
    }

    PaymentMethod method() {
        return method;
    }

    PaymentStatus status() {
        return status;
    }

    /** Why it failed; null unless it did. */
    @Nullable
    String failureCode() {
        return failureCode;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** When the order's hold ends. */
    Instant expiresAt() {
        return expiresAt;
    }

    /** When the money was taken, refused or given back, by the database's clock; null before. */
    @Nullable
    Instant settledAt() {
        return settledAt;
    }

    /** Whether the order has said that this money may not stay. */
    boolean isRefundDue() {
        return refundDueAt != null;
    }
}
