package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Money races against the end of the hold and against its owner. Whoever wins: an order is paid and its hold confirmed, or
 * the money is back and the units are free; never both, never neither. Audited by SQL.
 */
class MoneyRacesTest {

    private static final long SEED = 20_261_128;
    private static final int ORDERS = 60;
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);

    private static TheShop shop;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
        shop.cardAlwaysSucceeds();
    }

    /** An order, and a payment for it that waits to be confirmed. */
    private record Entered(Shopper buyer, String order, String payment, Instant holdEnds) {

        void confirm() {
            insist("/api/v1/payments/" + payment + "/confirm");
        }

        void cancel() {
            insist("/api/v1/orders/" + order + "/cancel");
        }

        /** A shop that is too busy did nothing, and is asked again. */
        private void insist(String path) {
            var answer = await().atMost(SETTLES_WITHIN)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> buyer.post(path, ""), told -> told.status() != 503);
            assertThat(answer.status()).as("%s", answer).isIn(200, 409);
        }
    }

    @Test
    void aPaymentAtTheEndOfItsHoldIsPaidOrRefundedNeverBothOrNeither() throws Exception {
        var drop = shop.newOpenDrop(shop.newProduct(ORDERS), ORDERS, 1, Map.of("paymentWindowSeconds", 12));
        var entered = enter(drop);
        var random = new Random(SEED);
        List<Future<?>> steps = new ArrayList<>();

        try (var clock = Executors.newScheduledThreadPool(8)) {
            for (var one : entered) {
                int aroundTheEnd = random.nextInt(-60, 30);
                steps.add(at(clock, one.holdEnds().plusMillis(aroundTheEnd), one::confirm));
            }
        }
        everybodyIsAnswered(steps);

        isSettled(drop, "PAID", "EXPIRED");
    }

    @Test
    void aCancelAgainstAPaymentEndsInOneOfThemAndRestocksOnce() throws Exception {
        var drop = shop.newOpenDrop(shop.newProduct(ORDERS), ORDERS, 1);
        var entered = enter(drop);
        List<Future<?>> steps = new ArrayList<>();

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : entered) {
                var together = new CountDownLatch(1);
                for (Runnable step : List.<Runnable>of(one::confirm, one::cancel, one::cancel)) {
                    steps.add(people.submit(() -> {
                        together.await();
                        step.run();
                        return null;
                    }));
                }
                together.countDown();
            }
        }
        everybodyIsAnswered(steps);

        isSettled(drop, "PAID", "CANCELLED");
    }

    private static Future<?> at(ScheduledExecutorService clock, Instant when, Runnable what) {
        long millis = Math.max(0, Duration.between(Instant.now(), when).toMillis());
        return clock.schedule(what, millis, TimeUnit.MILLISECONDS);
    }

    private static void everybodyIsAnswered(List<Future<?>> steps) throws InterruptedException, ExecutionException {
        for (var step : steps) {
            step.get();
        }
    }

    private static List<Entered> enter(String drop) {
        var entered = new ArrayList<Entered>();
        for (var buyer : shop.newShoppers(ORDERS)) {
            JsonNode hold = buyer.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                    .ok();
            var order = hold.path("orderId").asString();
            buyer.awaitOrder(order, "PENDING_PAYMENT");
            var payment = buyer.post("/api/v1/payments", Map.of("orderId", order, "method", "CARD"))
                    .ok()
                    .path("id")
                    .asString();
            entered.add(new Entered(
                    buyer,
                    order,
                    payment,
                    Instant.parse(hold.path("holdExpiresAt").asString())));
        }
        return entered;
    }

    /** Waits until every order has one of the two ends, and asks the database whether everything else agrees. */
    private static void isSettled(String drop, String kept, String given) throws SQLException {
        try (var database =
                DriverManager.getConnection(shop.running.engines().postgres().jdbcUrl())) {
            var orders = "SELECT count(*) FROM orders.orders o WHERE drop_id = '" + drop + "' AND ";
            await().atMost(SETTLES_WITHIN)
                    .until(() -> count(database, orders + "status IN ('" + kept + "', '" + given + "')") == ORDERS);
            var withPayment = "SELECT count(*) FROM orders.orders o JOIN payments.payment p ON p.order_id = o.id"
                    + " JOIN drops.hold h ON h.id = o.id AND h.unit = 1"
                    + " LEFT JOIN payments.card_network_charge c ON c.payment_id = p.id"
                    + " WHERE o.drop_id = '" + drop + "' AND ";
            var paid = "o.status = '" + kept + "' AND p.status = 'SUCCEEDED' AND h.status = 1"
                    + " AND c.outcome = 'APPROVED' AND c.refunded_at IS NULL";
            var free = "o.status = '" + given + "' AND p.status IN ('EXPIRED', 'REFUNDED', 'FAILED')"
                    + " AND h.status IN (2, 3) AND (c.payment_id IS NULL OR c.refunded_at IS NOT NULL)";
            await().atMost(SETTLES_WITHIN)
                    .untilAsserted(() -> assertThat(count(database, withPayment + "(" + paid + " OR " + free + ")"))
                            .isEqualTo(ORDERS));

            long confirmed = count(database, orders + "status = '" + kept + "'");
            var audit = shop.admin().get("/api/v1/drops/" + drop + "/audit").ok();
            assertThat(audit.path("confirmed").asLong()).isEqualTo(confirmed);
            assertThat(audit.path("held").asLong()).isZero();
            assertThat(audit.path("remaining").asLong()).isEqualTo(ORDERS - confirmed);
        }
    }

    private static long count(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
