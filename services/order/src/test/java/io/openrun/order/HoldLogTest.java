package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.Event;
import io.openrun.contracts.Topics;
import io.openrun.order.book.OrderItem;
import io.openrun.order.book.OrderStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Orders are made out of the hold log. */
class HoldLogTest extends RunningOrders {

    @Test
    void makesOneOrderHoweverOftenTheHoldIsDelivered() {
        var purchase = bought(Purchase.any());

        drops(purchase.held(), purchase.held());
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
        drops(purchase.held());
        awaitHandled(purchase.dropId());

        var order = orders.findById(purchase.orderId()).orElseThrow();
        assertThat(count(purchase.dropId())).isEqualTo(1);
        assertThat(order.userId()).isEqualTo(purchase.userId());
        assertThat(order.dropId()).isEqualTo(purchase.dropId());
        assertThat(order.sequence()).isEqualTo(1);
        assertThat(order.items()).containsExactly(new OrderItem(purchase.productId(), "Limited sneaker", 2, 15_000));
        assertThat(order.total()).isEqualTo(30_000);
        assertThat(order.discount()).isZero();
        assertThat(order.payable()).isEqualTo(30_000);
        assertThat(order.createdAt()).isEqualTo(purchase.heldAt());
        assertThat(order.holdExpiresAt()).isEqualTo(purchase.expiresAt());
        assertThat(order.version()).isZero();
    }

    @Test
    void makesTenThousandOrdersInTheOrderOfTheLine() {
        var drop = Purchase.id();
        var line = IntStream.rangeClosed(1, 10_000)
                .mapToObj(place -> Purchase.inDrop(drop, place))
                .toList();

        drops(line.stream().map(Purchase::held).toArray(Event[]::new));

        // At every moment those who have an order are the first of the line.
        eventually().until(() -> {
            var made = jdbc.queryForMap(
                    "SELECT count(*) AS orders, coalesce(max(sequence), 0) AS place FROM orders.orders WHERE drop_id = ?",
                    drop);
            assertThat(made.get("orders")).isEqualTo(made.get("place"));
            return made.get("orders").equals(10_000L);
        });
        assertThat(jdbc.queryForObject(
                        "SELECT count(DISTINCT sequence) FROM orders.orders WHERE drop_id = ?", Long.class, drop))
                .isEqualTo(10_000);
    }

    @Test
    void leavesOutWhatIsNoPurchaseAndKeepsTheRest() {
        var drop = Purchase.id();
        var first = Purchase.inDrop(drop, 1);
        var nothing = Purchase.inDrop(drop, 2).ofQuantity(0);
        var refusedByTheDatabase = Purchase.inDrop(drop, 3).titled("nul \u0000 byte");
        var last = Purchase.inDrop(drop, 4);

        drops(first.held(), nothing.held());
        send(Stream.of(
                unreadable(drop, "StockHeld", "{"),
                unreadable(drop, "StockHeld", "{\"orderId\": \"no id\"}"),
                unreadable(drop, "StockHeld", "{}"),
                unreadable(drop, "NeverHeardOf", "{}"),
                new ProducerRecord<>(Topics.DROPS, drop.toString(), "no type".getBytes(StandardCharsets.UTF_8))));
        drops(refusedByTheDatabase.held(), last.held());

        awaitStatus(last, OrderStatus.PENDING_PAYMENT);
        awaitStatus(first, OrderStatus.PENDING_PAYMENT);
        assertThat(count(drop)).isEqualTo(2);
    }

    @Test
    void expiresUnpaidOrdersOnceAndTellsSo() {
        var drop = Purchase.id();
        var line = fiftyIn(drop);

        drops(line.stream().map(Purchase::held).toArray(Event[]::new));
        for (int times = 0; times < 3; times++) {
            drops(line.stream().map(Purchase::expired).toArray(Event[]::new));
        }
        awaitHandled(drop);

        awaitEnded(line, OrderStatus.EXPIRED, "OrderExpired");
    }

    @Test
    void cancelsUnpaidOrdersOfADropThatWasCalledOffOnceAndTellsSo() {
        var drop = Purchase.id();
        var line = fiftyIn(drop);
        line.forEach(purchase -> DROP.release(purchase.orderId()));

        // One of them is told of its end before its beginning.
        drops(line.stream().skip(1).map(Purchase::held).toArray(Event[]::new));
        for (int times = 0; times < 3; times++) {
            drops(line.stream().map(Purchase::released).toArray(Event[]::new));
        }
        awaitHandled(drop);

        awaitEnded(line, OrderStatus.CANCELLED, "OrderCancelled");
    }

    @Test
    void anOrderThatWasPaidStaysPaidWhenItsDropIsCalledOff() {
        var purchase = ordered(Purchase.any());
        payments(purchase.paid(Purchase.id()));
        awaitStatus(purchase, OrderStatus.PAID);

        drops(purchase.released());
        awaitHandled(purchase.dropId());

        awaitStatus(purchase, OrderStatus.PAID);
        awaitTold(purchase, "OrderPaid");
    }

    @Test
    void expiresAnOrderWhoseExpiryOvertookItsHold() {
        var purchase = bought(Purchase.any());
        DROP.expire(purchase.orderId());

        drops(purchase.expired());
        awaitStatus(purchase, OrderStatus.EXPIRED);
        drops(purchase.held());
        awaitHandled(purchase.dropId());

        awaitStatus(purchase, OrderStatus.EXPIRED);
        awaitTold(purchase, "OrderExpired");
    }

    @Test
    void aDatabaseThatFailsForAWhileDelaysOrdersButLosesNone() {
        var purchase = bought(Purchase.any());
        jdbc.execute("ALTER TABLE orders.orders RENAME TO away");
        try {
            drops(purchase.held());
            await().during(Duration.ofMillis(500))
                    .until(() -> jdbc.queryForObject(
                                    "SELECT count(*) FROM orders.away WHERE id = ?", Long.class, purchase.orderId())
                            == 0);
        } finally {
            jdbc.execute("ALTER TABLE orders.away RENAME TO orders");
        }

        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
    }

    @Test
    void anExpiryOfNothingBlocksNothing() {
        var unknown = Purchase.any();

        drops(unknown.expired());
        awaitHandled(unknown.dropId());

        assertThat(orders.findById(unknown.orderId())).isEmpty();
    }

    private List<Purchase> fiftyIn(UUID drop) {
        return IntStream.rangeClosed(1, 50)
                .mapToObj(place -> bought(Purchase.inDrop(drop, place)))
                .toList();
    }

    private void awaitEnded(List<Purchase> line, OrderStatus status, String told) {
        for (var purchase : line) {
            awaitStatus(purchase, status);
            awaitTold(purchase, told);
        }
    }

    /** What was sent about this drop before is handled once a later hold has become an order. */
    private void awaitHandled(UUID drop) {
        var marker = Purchase.inDrop(drop, 1_000_000);
        drops(marker.held());
        awaitStatus(marker, OrderStatus.PENDING_PAYMENT);
        jdbc.update("DELETE FROM orders.orders WHERE id = ?", marker.orderId());
    }

    private long count(UUID drop) {
        return jdbc.queryForObject("SELECT count(*) FROM orders.orders WHERE drop_id = ?", Long.class, drop);
    }

    private static ProducerRecord<String, byte[]> unreadable(UUID drop, String type, String body) {
        var unusual = new ProducerRecord<>(Topics.DROPS, drop.toString(), body.getBytes(StandardCharsets.UTF_8));
        unusual.headers().add("type", type.getBytes(StandardCharsets.UTF_8));
        return unusual;
    }
}
