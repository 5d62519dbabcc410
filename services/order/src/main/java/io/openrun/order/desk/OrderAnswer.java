package io.openrun.order.desk;

import io.openrun.contracts.HoldView;
import io.openrun.order.book.Order;
import io.openrun.order.book.OrderItem;
import io.openrun.order.book.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as its shopper sees it. Money is in the store currency's minor unit.
 *
 * @param payable {@code total − discount}
 * @param holdExpiresAt until when it may be paid
 * @param sequence its place in the drop's line, from 1
 * @param createdAt when the units were held
 */
record OrderAnswer(
        UUID id,
        OrderStatus status,
        List<OrderItem> items,
        long total,
        long discount,
        long payable,
        Instant holdExpiresAt,
        UUID userId,
        UUID dropId,
        long sequence,
        Instant createdAt) {

    static OrderAnswer of(Order order) {
        return new OrderAnswer(
                order.id(),
                order.status(),
                order.items(),
                order.total(),
                order.discount(),
                order.payable(),
                order.holdExpiresAt(),
                order.userId(),
                order.dropId(),
                order.sequence(),
                order.createdAt());
    }

    /** The order that is being made out of this hold. */
    static OrderAnswer processing(HoldView hold) {
        return new OrderAnswer(
                hold.orderId(),
                OrderStatus.PROCESSING,
                List.of(new OrderItem(hold.productId(), hold.title(), hold.quantity(), hold.unitPrice())),
                hold.amount(),
                0,
                hold.amount(),
                hold.expiresAt(),
                hold.userId(),
                hold.dropId(),
                hold.sequence(),
                hold.heldAt());
    }
}
