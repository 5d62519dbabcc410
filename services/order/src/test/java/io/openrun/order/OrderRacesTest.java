package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.contracts.OrderEvent.OrderCancelled;
import io.openrun.contracts.OrderEvent.OrderExpired;
import io.openrun.contracts.OrderEvent.OrderPaid;
import io.openrun.contracts.OrderEvent.RefundDue;
import io.openrun.order.book.Order;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.process.OrderProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Paying, cancelling and expiring the same order at once: one wins, and the money follows. */
class OrderRacesTest extends RunningOrders {

    private static final int ORDERS = 300;

    @Autowired
    private OrderProcess process;

    /** One order and everything that happens to it. */
    private record Story(Purchase purchase, List<UUID> payments, boolean madeBefore) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20260101, 987654321})
    void everyOrderEndsInOneWayAndTheMoneyFollows(long seed) {
        var random = new Random(seed);
        var stories = new ArrayList<Story>();
        for (int i = 0; i < ORDERS; i++) {
            stories.add(new Story(bought(Purchase.any()), payments(random.nextInt(1, 3)), random.nextBoolean()));
        }
        drops(stories.stream()
                .filter(Story::madeBefore)
                .map(story -> story.purchase().held())
                .toArray(io.openrun.contracts.Event[]::new));

        var deeds = new ArrayList<Runnable>();
        for (var story : stories) {
            deeds.addAll(deedsOf(story, random));
        }
        Collections.shuffle(deeds, random);
        try (var crowd = Executors.newFixedThreadPool(24)) {
            deeds.forEach(crowd::execute);
        }
        // Everything may be told again, and at last the hold log comes round for everybody.
        for (var story : stories) {
            drops(story.purchase().held());
        }
        awaitPaymentsHandled(stories.stream().map(Story::purchase).toArray(Purchase[]::new));

        eventually().untilAsserted(() -> stories.forEach(this::audit));
        assertThat(stories)
                .as("each of the three ends was reached by somebody")
                .extracting(story -> orders.findById(story.purchase().orderId())
                        .orElseThrow()
                        .status())
                .contains(OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.EXPIRED);
    }

    private List<Runnable> deedsOf(Story story, Random random) {
        var purchase = story.purchase();
        var deeds = new ArrayList<Runnable>();
        for (var payment : story.payments()) {
            for (int told = random.nextInt(1, 4); told > 0; told--) {
                deeds.add(() -> payments(purchase.paid(payment)));
            }
        }
        if (random.nextInt(3) > 0) {
            deeds.add(() -> {
                if (DROP.expire(purchase.orderId())) {
                    drops(purchase.expired(), purchase.expired());
                }
            });
        }
        if (random.nextInt(3) > 0) {
            deeds.add(() -> process.cancel(purchase.orderId()));
            deeds.add(() -> process.cancel(purchase.orderId()));
        }
        if (random.nextBoolean()) {
            deeds.add(() -> payments(purchase.notPaid(Purchase.id())));
        }
        return deeds;
    }

    private void audit(Story story) {
        var id = story.purchase().orderId();
        var order = orders.findById(id).orElseThrow();
        var told = TOLD.about(id);
        long paid = told.stream().filter(OrderPaid.class::isInstance).count();
        long cancelled = told.stream().filter(OrderCancelled.class::isInstance).count();
        long expired = told.stream().filter(OrderExpired.class::isInstance).count();
        var refunds = told.stream()
                .filter(RefundDue.class::isInstance)
                .map(refund -> ((RefundDue) refund).paymentId())
                .toList();

        assertThat(order.status()).as("%s", told).isIn(OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.EXPIRED);
        assertThat(cancelled).isEqualTo(order.status() == OrderStatus.CANCELLED ? 1 : 0);
        assertThat(expired).isEqualTo(order.status() == OrderStatus.EXPIRED ? 1 : 0);
        assertThat(paid).isEqualTo(order.paidBy() == null ? 0 : 1);
        assertThat(refunds).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(mustGoBack(story, order));
        if (order.status() == OrderStatus.PAID) {
            assertThat(DROP.statusOf(id)).isEqualTo("CONFIRMED");
        }
        if (order.status() == OrderStatus.EXPIRED) {
            assertThat(DROP.statusOf(id)).isEqualTo("EXPIRED");
        }
        if (order.status() == OrderStatus.CANCELLED) {
            assertThat(DROP.statusOf(id)).isIn("RELEASED", "EXPIRED");
        }
    }

    /** All money, except what a paid order keeps. */
    private static List<UUID> mustGoBack(Story story, Order order) {
        return story.payments().stream()
                .filter(payment -> order.status() != OrderStatus.PAID || !payment.equals(order.paidBy()))
                .toList();
    }

    private static List<UUID> payments(int count) {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            ids.add(Purchase.id());
        }
        return List.copyOf(ids);
    }
}
