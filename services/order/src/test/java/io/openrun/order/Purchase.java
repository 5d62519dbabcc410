package io.openrun.order;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.contracts.DropEvent.StockExpired;
import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.DropEvent.StockReleased;
import io.openrun.contracts.HoldView;
import io.openrun.contracts.PaymentEvent.PaymentFailed;
import io.openrun.contracts.PaymentEvent.PaymentSucceeded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Somebody bought units in a drop: what the hold, and the events about it, look like. */
record Purchase(
        UUID orderId,
        UUID userId,
        UUID dropId,
        UUID productId,
        String title,
        int quantity,
        long unitPrice,
        long sequence,
        Instant heldAt) {

    static Purchase inDrop(UUID dropId, long sequence) {
        return new Purchase(
                id(),
                id(),
                dropId,
                id(),
                "Limited sneaker",
                2,
                15_000,
                sequence,
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    static Purchase any() {
        return inDrop(id(), 1);
    }

    static UUID id() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    Purchase by(UUID user) {
        return new Purchase(orderId, user, dropId, productId, title, quantity, unitPrice, sequence, heldAt);
    }

    Purchase titled(String newTitle) {
        return new Purchase(orderId, userId, dropId, productId, newTitle, quantity, unitPrice, sequence, heldAt);
    }

    Purchase ofQuantity(int newQuantity) {
        return new Purchase(orderId, userId, dropId, productId, title, newQuantity, unitPrice, sequence, heldAt);
    }

    long amount() {
        return unitPrice * quantity;
    }

    Instant expiresAt() {
        return heldAt.plusSeconds(600);
    }

    HoldView hold() {
        return new HoldView(
                orderId,
                dropId,
                productId,
                title,
                userId,
                quantity,
                unitPrice,
                amount(),
                sequence,
                "HELD",
                heldAt,
                expiresAt());
    }

    StockHeld held() {
        return new StockHeld(
                dropId,
                orderId,
                productId,
                title,
                userId,
                quantity,
                unitPrice,
                amount(),
                sequence,
                heldAt,
                expiresAt());
    }

    StockExpired expired() {
        return new StockExpired(dropId, orderId, expiresAt());
    }

    StockReleased released() {
        return new StockReleased(dropId, orderId, heldAt.plusSeconds(1));
    }

    PaymentSucceeded paid(UUID paymentId) {
        return paid(paymentId, amount());
    }

    PaymentSucceeded paid(UUID paymentId, long money) {
        return new PaymentSucceeded(paymentId, orderId, userId, money, Instant.now());
    }

    PaymentFailed notPaid(UUID paymentId) {
        return new PaymentFailed(paymentId, orderId, userId, amount(), "CARD_DECLINED", Instant.now());
    }
}
