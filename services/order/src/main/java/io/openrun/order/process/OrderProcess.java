package io.openrun.order.process;

import io.openrun.contracts.DropEvent;
import io.openrun.contracts.DropEvent.StockExpired;
import io.openrun.contracts.DropEvent.StockReleased;
import io.openrun.contracts.HoldConfirmation.Outcome;
import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.OrderEvent.OrderCancelled;
import io.openrun.contracts.OrderEvent.OrderExpired;
import io.openrun.contracts.OrderEvent.OrderPaid;
import io.openrun.contracts.PaymentEvent.PaymentFailed;
import io.openrun.contracts.PaymentEvent.PaymentSucceeded;
import io.openrun.contracts.Topics;
import io.openrun.order.book.Order;
import io.openrun.order.book.OrderItem;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.book.Orders;
import io.openrun.order.book.OrdersChanged;
import io.openrun.order.placement.Holds;
import io.openrun.order.placement.PlaceOnDemand;
import io.openrun.order.placement.PlaceOrders;
import io.openrun.order.placement.Placement;
import io.openrun.platform.outbox.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The life of an order, with every step and every compensation.
 *
 * <pre>
 *  what happens                                from                        to               what the others are told
 *  ------------------------------------------  --------------------------  ---------------  ------------------------
 *  1  StockHeld                                (nothing)                   PENDING_PAYMENT
 *  2  PaymentSucceeded, and the drop says
 *       CONFIRMED                              PENDING_PAYMENT or          PAID             OrderPaid
 *                                                PAYMENT_FAILED
 *       EXPIRED                                the same                    EXPIRED          OrderExpired, RefundDue
 *       RELEASED or UNKNOWN                    the same                    CANCELLED        OrderCancelled, RefundDue
 *     PaymentSucceeded                         any other, or not by it     as it was        RefundDue
 *     PaymentFailed                            PENDING_PAYMENT             PAYMENT_FAILED
 *  3  StockExpired                             PENDING_PAYMENT or          EXPIRED          OrderExpired
 *                                                PAYMENT_FAILED
 *     StockReleased: the drop was called off   PENDING_PAYMENT or          CANCELLED        OrderCancelled
 *                                                PAYMENT_FAILED
 *  4  the shopper cancels                      PENDING_PAYMENT or          CANCELLED        OrderCancelled
 *                                                PAYMENT_FAILED
 *                                              PAID                        CANCELLED        OrderCancelled, RefundDue
 * </pre>
 *
 * <p><b>Two arbiters.</b> The hold decides between payment and expiry, because confirming and expiring it exclude each
 * other in the drop's database. The order's row decides between payment and cancelling, because both are guarded
 * updates of it. Money that loses before either of them goes back, once per payment.
 *
 * <p><b>Repeats and reordering.</b> Every step may be repeated and may meet any status: it looks at what is there, and
 * a guard that misses is an answer, not an error. A payment that paid the order is known by {@link Order#paidBy} and
 * is never taken for a second one. An event about an order that is not made yet makes it first, out of its hold.
 *
 * <p><b>Remote calls.</b> The drop is asked outside any transaction. Where it does not answer, the step ends with
 * {@link io.openrun.order.placement.DropAway}, nothing is changed, and the event is read again.
 */
@Component
public class OrderProcess {

    private final Orders orders;
    private final PlaceOrders place;
    private final PlaceOnDemand placeOnDemand;
    private final Holds holds;
    private final Refunds refunds;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher changes;

    OrderProcess(
            Orders orders,
            PlaceOrders place,
            PlaceOnDemand placeOnDemand,
            Holds holds,
            Refunds refunds,
            @Qualifier("ordersOutbox") Outbox outbox,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher changes) {
        this.orders = orders;
        this.place = place;
        this.placeOnDemand = placeOnDemand;
        this.holds = holds;
        this.refunds = refunds;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.changes = changes;
    }

    // Step 1: units are held, so there is an order. Its id is the hold's, so it is made once.

    void stockHeld(List<Placement> held) {
        place.place(held);
    }

    // Step 2: money came, or did not.

    void paymentSucceeded(PaymentSucceeded payment) {
        var order = placeOnDemand.find(payment.orderId());
        if (order.isEmpty() || (order.get().status().isPayable() && order.get().payable() == payment.amount())) {
            var outcome = holds.confirm(payment.orderId());
            if (order.isEmpty() && outcome != Outcome.UNKNOWN) {
                throw new IllegalStateException("drop knows the hold of order " + payment.orderId() + " and hides it");
            }
            transaction.executeWithoutResult(tx -> settle(payment, outcome));
        } else {
            transaction.executeWithoutResult(tx -> giveBackUnlessItPaid(payment));
        }
    }

    private void settle(PaymentSucceeded payment, Outcome outcome) {
        switch (outcome) {
            case CONFIRMED ->
                orders.pay(payment.orderId(), payment.paymentId())
                        .ifPresentOrElse(this::publishPaid, () -> giveBackUnlessItPaid(payment));
            case EXPIRED -> {
                orders.expire(new UUID[] {payment.orderId()}).forEach(this::publishExpired);
                giveBackUnlessItPaid(payment);
            }
            case RELEASED, UNKNOWN -> {
                orders.cancelUnpaid(new UUID[] {payment.orderId()}).forEach(this::publishCancelled);
                giveBackUnlessItPaid(payment);
            }
        }
    }

    /** The compensation of a payment that did not make its order PAID. One that did has been handled before. */
    private void giveBackUnlessItPaid(PaymentSucceeded payment) {
        var order = orders.findById(payment.orderId());
        if (order.map(Order::paidBy).filter(payment.paymentId()::equals).isEmpty()) {
            refunds.due(
                    payment.orderId(),
                    payment.userId(),
                    payment.paymentId(),
                    order.map(o -> reasonOf(o.status())).orElse(RefundReason.NO_SUCH_ORDER),
                    payment.occurredAt());
        }
    }

    private static RefundReason reasonOf(OrderStatus status) {
        return switch (status) {
            case CANCELLED -> RefundReason.ORDER_CANCELLED;
            case EXPIRED -> RefundReason.ORDER_EXPIRED;
            case PROCESSING, PENDING_PAYMENT, PAYMENT_FAILED -> RefundReason.WRONG_AMOUNT;
            case PAID, SHIPPING, DELIVERED, RETURN_REQUESTED, RETURNED -> RefundReason.ALREADY_PAID;
        };
    }

    void paymentFailed(PaymentFailed payment) {
        if (placeOnDemand.find(payment.orderId()).isPresent()) {
            transaction.executeWithoutResult(
                    tx -> orders.paymentFailed(payment.orderId()).ifPresent(order -> announce()));
        }
    }

    // Step 3: nobody paid in time, or before the drop was called off.

    void stockExpired(Collection<StockExpired> expired) {
        end(expired, orders::expire, OrderProcess::expired);
    }

    void stockReleased(Collection<StockReleased> released) {
        end(released, orders::cancelUnpaid, OrderProcess::cancelled);
    }

    private void end(
            Collection<? extends DropEvent> events,
            Function<UUID[], List<Order>> change,
            Function<Order, OrderEvent> news) {
        var ids = made(events);
        transaction.executeWithoutResult(tx -> {
            var ended = change.apply(ids);
            if (!ended.isEmpty()) {
                outbox.publish(Topics.ORDERS, ended.stream().map(news).toList());
                announce();
            }
        });
    }

    /** The orders that these events are about, made where they were not. */
    private UUID[] made(Collection<? extends DropEvent> events) {
        var ids = events.stream().map(DropEvent::orderId).distinct().sorted().toArray(UUID[]::new);
        for (var missing : orders.missing(ids)) {
            placeOnDemand.find(missing);
        }
        return ids;
    }

    // Step 4: or the shopper thinks better of it.

    /**
     * Cancels an order, whosever it is: check that first.
     *
     * @return the cancelled order, or empty when it is not there or can no longer be cancelled. Of any number of
     *     callers at once one gets the order.
     */
    public Optional<Order> cancel(UUID orderId) {
        return transaction.execute(tx -> {
            var cancelled = orders.cancel(orderId);
            cancelled.ifPresent(this::publishCancelled);
            return cancelled;
        });
    }

    // What the others are told, in the transaction of the change.

    private void publishPaid(Order order) {
        OrderItem item = order.items().getFirst();
        outbox.publish(
                Topics.ORDERS,
                new OrderPaid(
                        order.id(),
                        order.userId(),
                        order.dropId(),
                        item.productId(),
                        item.quantity(),
                        order.payable(),
                        order.changedAt()));
        announce();
    }

    private void publishCancelled(Order order) {
        outbox.publish(Topics.ORDERS, cancelled(order));
        var paidBy = order.paidBy();
        if (paidBy != null) {
            refunds.due(order.id(), order.userId(), paidBy, RefundReason.ORDER_CANCELLED, order.changedAt());
        }
        announce();
    }

    private void publishExpired(Order order) {
        outbox.publish(Topics.ORDERS, expired(order));
        announce();
    }

    private static OrderCancelled cancelled(Order order) {
        return new OrderCancelled(order.id(), order.userId(), order.dropId(), order.changedAt());
    }

    private static OrderExpired expired(Order order) {
        return new OrderExpired(order.id(), order.userId(), order.dropId(), order.changedAt());
    }

    private void announce() {
        changes.publishEvent(new OrdersChanged());
    }
}
