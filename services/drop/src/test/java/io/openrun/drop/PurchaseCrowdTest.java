package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hundreds of purchases at once take no more than there is, and no more than one person may have. */
class PurchaseCrowdTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @Test
    void sellsExactlyTheStockToHundredsAtOnce() throws Exception {
        var drop = shop.openDrop(60, 1);

        var answers = atOnce(IntStream.range(0, 400)
                .mapToObj(i -> (Callable<HttpResponse<String>>) () -> shop.buy(drop, Tokens.shopper(), 1))
                .toList());

        assertThat(answers.stream().filter(a -> a.statusCode() == 201)).hasSize(60);
        assertThat(answers.stream().filter(a -> a.statusCode() != 201))
                .allSatisfy(a -> assertThat(code(a)).isEqualTo("409 SOLD_OUT"));
        assertThat(shop.sequences(drop))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
        var audit = shop.audit(drop);
        assertThat(audit.get("held").longValue()).isEqualTo(60);
        assertThat(audit.get("oversold").longValue()).isZero();
        assertThat(audit.get("duplicates").longValue()).isZero();
        assertThat(audit.get("sequenceGaps").longValue()).isZero();
    }

    @Test
    void givesOnePersonNoMoreThanTheLimitHoweverOftenTheyAskAtOnce() throws Exception {
        var drop = shop.openDrop(100, 3);
        var token = Tokens.shopper();

        var answers = atOnce(IntStream.range(0, 200)
                .mapToObj(i ->
                        (Callable<HttpResponse<String>>) () -> shop.buy(drop, token, 1, "Idempotency-Key", "key-" + i))
                .toList());

        assertThat(answers.stream().filter(a -> a.statusCode() == 201)).hasSize(3);
        assertThat(answers.stream().filter(a -> a.statusCode() != 201))
                .allSatisfy(a -> assertThat(code(a)).isEqualTo("409 PURCHASE_LIMIT_REACHED"));
        assertThat(shop.audit(drop).get("remaining").longValue()).isEqualTo(97);
    }

    private static List<HttpResponse<String>> atOnce(List<Callable<HttpResponse<String>>> calls) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = calls.stream()
                    .map(call -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            start.countDown();
            var done = new ArrayList<HttpResponse<String>>();
            for (var answer : answers) {
                done.add(answer.get());
            }
            return done;
        }
    }
}
