package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everybody comes at once. */
class StampedeTest {

    private static TheShop shop;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
    }

    @Test
    void sellsExactlyTheStockToAThousandShoppersAndEveryWinnerHasAnOrder() throws Exception {
        var drop = shop.newOpenDrop(shop.newProduct(100), 100, 1);
        var shoppers = shop.newShoppers(1_000);

        var answers = allAtOnce(shoppers, drop);

        var winners = new HashMap<Shopper, String>();
        var sequences = new ArrayList<Long>();
        for (int i = 0; i < shoppers.size(); i++) {
            var answer = answers.get(i);
            if (answer.status() == 201) {
                winners.put(shoppers.get(i), answer.json().path("orderId").asString());
                sequences.add(answer.json().path("sequence").asLong());
            } else {
                answer.isProblem(409, "SOLD_OUT");
            }
        }
        assertThat(sequences)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        winners.forEach((shopper, order) -> shopper.awaitOrder(order, "PENDING_PAYMENT"));
        isAudited(drop, 100, 0);
    }

    @Test
    void givesOnePersonNoMoreThanTheLimitHoweverOftenTheyAskAtOnce() throws Exception {
        var drop = shop.newOpenDrop(shop.newProduct(100), 100, 3);
        var greedy = shop.newShopper();

        var answers = allAtOnce(java.util.Collections.nCopies(500, greedy), drop);

        assertThat(answers.stream().filter(a -> a.status() == 201)).hasSize(3);
        for (var answer : answers) {
            if (answer.status() != 201) {
                answer.isProblem(409, "PURCHASE_LIMIT_REACHED");
            }
        }
        isAudited(drop, 3, 97);
    }

    @Test
    void takesOnceForOneKeyHoweverOftenItIsRetried() throws Exception {
        var drop = shop.newOpenDrop(shop.newProduct(100), 100, 10);
        var shopper = shop.newShopper().at(shop.lane());
        var key = Map.of("Idempotency-Key", "one-and-the-same");
        List<Future<Shopper.Answer>> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(callers.submit(
                        () -> shopper.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1), key)));
            }
        }
        var bodies = new java.util.HashSet<String>();
        for (var answer : answers) {
            if (answer.get().status() == 201) {
                bodies.add(answer.get().response().body());
            } else {
                answer.get().isProblem(409, "IDEMPOTENCY_IN_FLIGHT");
            }
        }
        assertThat(bodies).hasSize(1);
        isAudited(drop, 1, 99);
    }

    private static List<Shopper.Answer> allAtOnce(List<Shopper> shoppers, String drop)
            throws InterruptedException, ExecutionException {
        var opening = new CountDownLatch(1);
        List<Future<Shopper.Answer>> pending = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var shopper : shoppers) {
                var onTheLane = shopper.at(shop.lane());
                pending.add(callers.submit(() -> {
                    opening.await();
                    return onTheLane.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1));
                }));
            }
            opening.countDown();
        }
        var answers = new ArrayList<Shopper.Answer>();
        for (var answer : pending) {
            answers.add(answer.get());
        }
        return answers;
    }

    private static void isAudited(String drop, long held, long remaining) {
        var audit = shop.admin().get("/api/v1/drops/" + drop + "/audit").ok();
        assertThat(audit.path("held").asLong()).isEqualTo(held);
        assertThat(audit.path("remaining").asLong()).isEqualTo(remaining);
        for (var count : List.of("oversold", "duplicates", "sequenceGaps")) {
            assertThat(audit.path(count).asLong(-1)).as(count).isZero();
        }
    }
}
