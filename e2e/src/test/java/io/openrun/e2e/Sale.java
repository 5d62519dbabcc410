package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One drop with many buyers, a few dozen at a time, while something breaks. Every buyer is kept with the answer. */
final class Sale {

    private static final int CALLERS = 48;
    private static final Set<String> FINAL_ANSWERS = Set.of("OK", "SOLD_OUT");

    /** What a buyer was told: OK, UNKNOWN if the connection broke, else the problem's code. */
    record Told(Shopper buyer, String answer, String orderId) {

        boolean promised() {
            return answer.equals("OK");
        }

        boolean isFinal() {
            return FINAL_ANSWERS.contains(answer);
        }
    }

    private final TheShop shop;
    private final int buyers;
    private final int stock;
    private final String drop;
    private final Queue<Shopper> queue;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger promises = new AtomicInteger();

    Sale(TheShop shop, int buyers, int stock, String strategy) {
        this.shop = shop;
        this.buyers = buyers;
        this.stock = stock;
        this.drop = shop.newOpenDrop(shop.newProduct(stock), stock, 1, Map.of("strategy", strategy));
        this.queue = new ConcurrentLinkedQueue<>(shop.newShoppers(buyers));
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** Everybody asks once, and the fault happens once a few hundred buyers have their answer. */
    void runAnd(Runnable fault) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> buyUntilNobodyIsLeft(this::buy));
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> told.size() >= 300);
            assertThat(queue).as("the sale goes on").isNotEmpty();
            callers.submit(fault).get();
        }
    }

    /**
     * Everybody asks until they know, and each fault happens the moment that many units are promised.
     *
     * @param faults by the number of units promised
     */
    void runToTheEndAnd(Map<Integer, Runnable> faults) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(() -> buyUntilNobodyIsLeft(buyer -> {
                    var answer = buyUntilItIsKnown(buyer);
                    if (answer.promised()) {
                        faults.getOrDefault(promises.incrementAndGet(), () -> {})
                                .run();
                    }
                    return answer;
                })));
            }
        }
        for (var caller : running) {
            caller.get();
        }
        assertThat(promises.get()).isEqualTo(stock);
        assertThat(told).allMatch(Told::isFinal);
    }

    private void buyUntilNobodyIsLeft(Function<Shopper, Told> purchase) {
        for (Shopper buyer; (buyer = queue.poll()) != null; ) {
            told.add(purchase.apply(buyer));
        }
    }

    /** Asks again, with the same key, as an app does that was told to try later or nothing at all. */
    private Told buyUntilItIsKnown(Shopper buyer) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(3))
                .until(() -> buy(buyer, Map.of("Idempotency-Key", buyer.userId)), Told::isFinal);
    }

    private Told buy(Shopper buyer) {
        return buy(buyer, Map.of());
    }

    private Told buy(Shopper buyer, Map<String, String> headers) {
        try {
            var answer =
                    buyer.at(shop.lane()).post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1), headers);
            if (answer.status() == 201) {
                return new Told(buyer, "OK", answer.json().path("orderId").asString());
            }
            assertThat(answer.status()).as("%s", answer).isIn(409, 429, 503);
            return new Told(buyer, answer.code(), "");
        } catch (Shopper.Unanswered e) {
            return new Told(buyer, "UNKNOWN", "");
        }
    }

    /** Every promise is an order that can be paid, everything is sold, to as many people, in a line without gaps. */
    void isKept() throws SQLException {
        var promised = told.stream().filter(Told::promised).toList();
        assertThat(told).hasSize(buyers);
        assertThat(promised).hasSizeGreaterThanOrEqualTo(100);
        sellTheRest();

        for (var promise : promised) {
            promise.buyer().at(shop.base()).awaitOrder(promise.orderId(), "PENDING_PAYMENT");
        }
        try (var database =
                DriverManager.getConnection(shop.running.engines().postgres().jdbcUrl())) {
            for (var promise : promised) {
                assertThat(count(
                                database,
                                "SELECT count(*) FROM drops.hold WHERE unit = 1 AND id = '" + promise.orderId() + "'"))
                        .isEqualTo(1);
            }
            var row = " FROM drops.stock WHERE id = '" + drop + "'";
            assertThat(count(database, "SELECT quantity - remaining" + row)).isEqualTo(stock);
            assertThat(count(database, "SELECT held + confirmed" + row)).isEqualTo(stock);
            var holds = " FROM drops.hold WHERE unit = 1 AND stock_id = '" + drop + "'";
            assertThat(count(database, "SELECT count(*)" + holds)).isEqualTo(stock);
            assertThat(count(database, "SELECT count(DISTINCT holder)" + holds)).isEqualTo(stock);
            assertThat(count(database, "SELECT max(sequence) - count(*)" + holds))
                    .isZero();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> count(database, "SELECT count(*) FROM orders.orders WHERE drop_id = '" + drop + "'")
                            == stock);
        }
    }

    /** In place of those who were refused as busy, or never answered, others come: at the end everything is sold. */
    private void sellTheRest() {
        await().pollInSameThread().atMost(Duration.ofMinutes(2)).until(() -> buyAtOnce(shop.newShoppers(200)).stream()
                .anyMatch(t -> t.answer().equals("SOLD_OUT")));
    }

    private List<Told> buyAtOnce(List<Shopper> crowd) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Told>> asked = crowd.stream()
                    .map(buyer -> callers.submit(() -> buy(buyer)))
                    .toList();
            List<Told> answers = new ArrayList<>();
            for (var one : asked) {
                answers.add(one.get());
            }
            return answers;
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
