package io.openrun.drop.schedule;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A drop as it was scheduled. Its id is also its stock's id; what remains is the engine's to say. */
@Entity(name = "Drop")
@Table(schema = "drops", name = "drop")
class Drop {

    /** Where a drop's units stand. */
    enum Phase {
        /** Being scheduled: units may have left the product already. Nobody sees it. */
        DRAFT,
        /** Scheduling was not finished: units are on their way back. Nobody sees it. */
        WITHDRAWING,
        /** Scheduling was not finished and the units are back. Nobody sees it. */
        WITHDRAWN,
        /** On sale within its window. */
        SCHEDULED,
        /** Called off. */
        CANCELLED
    }

    @Id
    private UUID id;

    @Column
    private UUID productId;

    @Column
    private String title;

    @Column
    private long quantity;

    @Column
    private long price;

    @Column
    private int perUserLimit;

    @Column
    private Instant opensAt;

    @Column
    private Instant closesAt;

    @Column
    private int paymentWindowSeconds;

    @Column
    private String strategy;

    @Enumerated(EnumType.STRING)
    private Phase phase;

    /** Whether the catalog knows until when it is on sale. */
    @Column
    private boolean windowTold;

    /** When what buyers are told last changed, by the database's clock; null for never. */
    @Column
    private @Nullable Instant termsChangedAt;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private @Nullable Long version;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected Drop() {}

    /** A drop that nobody sees until its units are there; the catalog hears of it by the move of its units. */
    static Drop draft(UUID id, DropPlan plan, String strategy, Instant now) {
        var drop = new Drop();
        drop.id = id;
        drop.productId = plan.productId();
        drop.quantity = plan.quantity();
        drop.strategy = strategy;
        drop.phase = Phase.DRAFT;
        drop.createdAt = now;
        drop.take(plan);
        drop.windowTold = true;
        return drop;
    }

    /** Takes over everything of the plan that may change before the opening. */
    void change(DropPlan plan, Instant now) {
        if (!plan.sameTerms(plan())) {
            termsChangedAt = now;
        }
        take(plan);
    }

    private void take(DropPlan plan) {
        windowTold = windowTold && plan.closesAt().equals(closesAt);
        title = plan.title();
        price = plan.price();
        perUserLimit = plan.perUserLimit();
        opensAt = plan.opensAt();
        closesAt = plan.closesAt();
        paymentWindowSeconds = plan.paymentWindowSeconds();
    }

    void callOff() {
        phase = Phase.CANCELLED;
        windowTold = false;
    }

    DropPlan plan() {
        return new DropPlan(
                productId, title, quantity, price, perUserLimit, opensAt, closesAt, paymentWindowSeconds, strategy);
    }

    DropTerms terms() {
        return new DropTerms(
                id,
                productId,
                title,
                quantity,
                price,
                perUserLimit,
                opensAt,
                closesAt,
                Duration.ofSeconds(paymentWindowSeconds),
                strategy,
                phase == Phase.CANCELLED);
    }

    UUID id() {
        return id;
    }

    UUID productId() {
        return productId;
    }

    long quantity() {
        return quantity;
    }

    Instant opensAt() {
        return opensAt;
    }

    /** Whether its terms have not changed since that moment. */
    boolean isSettledSince(Instant moment) {
        return termsChangedAt == null || termsChangedAt.isBefore(moment);
    }

    Phase phase() {
        return phase;
    }
}
