package io.openrun.payment;

import io.openrun.contracts.OrderView;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Somebody with a token, and what they do. */
record Shopper(Shop shop, UUID id, String token) {

    /** An order of theirs that can be paid for the next minutes. */
    UUID orders(long amount) {
        return orders(amount, "PENDING_PAYMENT", Instant.now().plus(Duration.ofMinutes(5)));
    }

    UUID orders(long amount, String status, Instant holdExpiresAt) {
        var orderId = UUID.randomUUID();
        shop.neighbours().know(new OrderView(orderId, id, status, amount, holdExpiresAt));
        return orderId;
    }

    Answer enters(UUID orderId, String method) {
        return shop.post("/api/v1/payments", token, entering(orderId, method));
    }

    static String entering(UUID orderId, String method) {
        return "{\"orderId\":\"%s\",\"method\":\"%s\"}".formatted(orderId, method);
    }

    /** A card payment of a new order, ready to be confirmed. */
    Answer hasReadyPayment(String method, long amount) {
        return enters(orders(amount), method).is(201);
    }

    Answer confirms(UUID paymentId) {
        return shop.post("/api/v1/payments/" + paymentId + "/confirm", token, "");
    }

    Answer sees(UUID paymentId) {
        return shop.get("/api/v1/payments/" + paymentId, token);
    }

    Answer charges(long amount) {
        return shop.post("/api/v1/points/charges", token, "{\"amount\":" + amount + "}");
    }

    long points() {
        return shop.get("/api/v1/points", token).is(200).number("balance");
    }
}
