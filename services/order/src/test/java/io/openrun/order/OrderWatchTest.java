package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.contracts.SessionEvent.AllSessionsRevoked;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.placement.PlaceOrders;
import io.openrun.order.placement.Placement;
import io.openrun.platform.security.Revocations;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Watching an order. */
class OrderWatchTest extends RunningOrders {

    @Autowired
    private PlaceOrders place;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Revocations revocations;

    @Test
    void tellsEveryStatusFromProcessingToTheEnd() {
        var purchase = bought(Purchase.any());
        var watch = watch(purchase);

        watch.awaitStatuses("PROCESSING");
        drops(purchase.held());
        watch.awaitStatuses("PROCESSING", "PENDING_PAYMENT");
        payments(purchase.notPaid(Purchase.id()));
        watch.awaitStatuses("PROCESSING", "PENDING_PAYMENT", "PAYMENT_FAILED");
        payments(purchase.paid(Purchase.id()));
        watch.awaitStatuses("PROCESSING", "PENDING_PAYMENT", "PAYMENT_FAILED", "PAID");
        cancel(purchase, purchase.userId());
        watch.awaitStatuses("PROCESSING", "PENDING_PAYMENT", "PAYMENT_FAILED", "PAID", "CANCELLED");

        eventually().until(watch::isOver);
    }

    @Test
    void tellsAChangeThatSomebodyElseMade() {
        var purchase = ordered(Purchase.any());
        try (var watch = watch(purchase)) {
            watch.awaitStatuses("PENDING_PAYMENT");

            jdbc.update(
                    "UPDATE orders.orders SET status = 'CANCELLED', version = version + 1 WHERE id = ?",
                    purchase.orderId());

            watch.awaitStatuses("PENDING_PAYMENT", "CANCELLED");
        }
    }

    @Test
    void tellsEveryChangeAlsoOfThoseThatHappenAtOnce() {
        var purchase = ordered(Purchase.any());
        try (var watch = watch(purchase)) {
            watch.awaitStatuses("PENDING_PAYMENT");

            atOnce(() -> {
                assertThat(orders.paymentFailed(purchase.orderId())).isPresent();
                assertThat(orders.pay(purchase.orderId(), Purchase.id())).isPresent();
            });
            watch.awaitStatuses("PENDING_PAYMENT", "PAYMENT_FAILED", "PAID");
        }
        try (var again = watch(purchase)) {
            again.awaitStatuses("PAID");
        }
    }

    @Test
    void tellsEveryChangeOfAnOrderThatWasNotMadeYet() {
        var purchase = bought(Purchase.any());
        try (var watch = watch(purchase)) {
            watch.awaitStatuses("PROCESSING");

            atOnce(() -> {
                place.place(List.of(Placement.of(purchase.hold())));
                assertThat(orders.pay(purchase.orderId(), Purchase.id())).isPresent();
                assertThat(orders.cancel(purchase.orderId())).isPresent();
            });

            watch.awaitStatuses("PROCESSING", "PENDING_PAYMENT", "PAID", "CANCELLED");
            eventually().until(watch::isOver);
        }
    }

    private void atOnce(Runnable changes) {
        new TransactionTemplate(transactions).executeWithoutResult(tx -> changes.run());
    }

    @Test
    void tellsHowAnEndedOrderStandsAndEnds() {
        var purchase = ordered(Purchase.any());
        cancel(purchase, purchase.userId());

        var watch = watch(purchase);

        watch.awaitStatuses("CANCELLED");
        eventually().until(watch::isOver);
    }

    @Test
    void aSilentStreamSaysThatItIsAlive() {
        var purchase = ordered(Purchase.any());
        try (var watch = watch(purchase)) {
            eventually().untilAsserted(() -> assertThat(watch.lines).contains(":still here"));
            watch.awaitStatuses("PENDING_PAYMENT");
        }
    }

    @Test
    void aStreamEndsWithTheSessionItWasOpenedInAndTellsNothingMore() {
        var purchase = ordered(Purchase.any());
        var stranger = ordered(Purchase.any());
        try (var watch = watch(purchase);
                var other = watch(stranger)) {
            watch.awaitStatuses("PENDING_PAYMENT");
            other.awaitStatuses("PENDING_PAYMENT");

            revocations.accept(new AllSessionsRevoked(purchase.userId(), Instant.now()));

            eventually().until(watch::isOver);
            assertThat(orders.pay(purchase.orderId(), Purchase.id())).isPresent();
            assertThat(orders.pay(stranger.orderId(), Purchase.id())).isPresent();
            other.awaitStatuses("PENDING_PAYMENT", "PAID");
            watch.awaitStatuses("PENDING_PAYMENT");
        }
    }

    @Test
    void hasABoundForOneShopperAndForAll() {
        var purchase = ordered(Purchase.any());
        var other = ordered(Purchase.any());
        var third = ordered(Purchase.any());
        var open = new ArrayList<Watch>();
        try {
            for (int i = 0; i < 10; i++) {
                open.add(watch(purchase));
            }
            var tooManyOfOne = get(path(purchase), purchase.userId());
            eventually().untilAsserted(() -> {
                var watch = watch(other);
                open.add(watch);
                assertThat(watch.status).isEqualTo(200);
            });
            open.add(watch(other));
            var tooManyOfAll = get(path(third), third.userId());

            assertThat(tooManyOfOne.status()).isEqualTo(429);
            assertThat(tooManyOfOne.code()).isEqualTo("BUSY");
            assertThat(tooManyOfAll.status()).isEqualTo(503);
            assertThat(tooManyOfAll.http().headers().firstValue("Retry-After")).isPresent();
        } finally {
            open.forEach(Watch::close);
        }
        // Whoever has gone makes room.
        eventually().untilAsserted(() -> {
            try (var watch = watch(third)) {
                assertThat(watch.status).isEqualTo(200);
            }
        });
    }

    private static String path(Purchase purchase) {
        return "/api/v1/orders/" + purchase.orderId() + "/events";
    }

    private Watch watch(Purchase purchase) {
        return new Watch(raw(
                request(path(purchase), SHOPPERS.token(purchase.userId()))
                        .header("Accept", "text/event-stream")
                        .GET(),
                HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** One open stream, read in the background. */
    private static final class Watch implements AutoCloseable {

        private final int status;
        private final InputStream body;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile boolean over;

        Watch(HttpResponse<InputStream> answer) {
            status = answer.statusCode();
            body = answer.body();
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var reader = new java.io.BufferedReader(
                    new java.io.InputStreamReader(body, java.nio.charset.StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (java.io.IOException | java.io.UncheckedIOException closed) {
                lines.add("closed");
            } finally {
                over = true;
            }
        }

        void awaitStatuses(String... statuses) {
            eventually().untilAsserted(() -> assertThat(lines)
                    .filteredOn(line -> line.startsWith("data:"))
                    .map(line -> line.replaceAll(".*\"status\":\"([A-Z_]+)\".*", "$1"))
                    .containsExactlyElementsOf(Stream.of(statuses).toList()));
        }

        boolean isOver() {
            return over;
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void statusesThatEndAnOrderAreKnown() {
        assertThat(Stream.of(OrderStatus.values()).filter(OrderStatus::isEnd))
                .containsExactly(OrderStatus.EXPIRED, OrderStatus.CANCELLED, OrderStatus.RETURNED);
    }
}
