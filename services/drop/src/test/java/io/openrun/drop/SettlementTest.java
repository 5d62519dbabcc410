package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.OrderEvent.OrderCancelled;
import io.openrun.contracts.OrderEvent.OrderPaid;
import io.openrun.contracts.Topics;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.calls.ServiceCalls;
import io.openrun.platform.events.EventCodec;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds end once: sold, given back, or run out. */
class SettlementTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @Test
    void confirmsAHoldOnceAndSaysSoAgain() {
        var drop = shop.openDrop(10, 1);
        var order = order(shop.buy(drop, Tokens.shopper(), 1));

        assertThat(confirm(order)).isEqualTo("CONFIRMED");
        assertThat(confirm(order)).isEqualTo("CONFIRMED");

        var audit = shop.audit(drop);
        assertThat(audit.get("confirmed").longValue()).isEqualTo(1);
        assertThat(audit.get("held").longValue()).isZero();
        assertThat(json(hold(order)).get("status").stringValue()).isEqualTo("CONFIRMED");
    }

    @Test
    void confirmsNoHoldThatNeverWas() {
        assertThat(confirm(UUID.randomUUID())).isEqualTo("UNKNOWN");
        assertThat(hold(UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    /** Again until some came in time and others did not: earlier where nobody did, later where everybody did. */
    @Test
    void decidesBetweenALatePaymentAndTheExpiryOnlyOnce() throws Exception {
        var seen = new HashSet<String>();
        int earlier = 60;
        for (int i = 0; i < 10 && seen.size() < 2; i++) {
            var outcomes = Set.copyOf(confirmedBeforeTheEnd(earlier));
            seen.addAll(outcomes);
            earlier += outcomes.contains("CONFIRMED") ? -30 : 60;
        }
        assertThat(seen).containsExactlyInAnyOrder("CONFIRMED", "EXPIRED");
    }

    private List<String> confirmedBeforeTheEnd(int millis) throws Exception {
        var drop = shop.drop(40, 1, ",\"paymentWindowSeconds\":2");
        var orders = new ArrayList<UUID>();
        for (int i = 0; i < 40; i++) {
            orders.add(order(shop.buy(drop, Tokens.shopper(), 1)));
        }
        var last = json(hold(orders.getLast())).get("expiresAt").stringValue();
        var outcomes = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var go = new CountDownLatch(1);
            var answers = new ArrayList<Future<String>>();
            for (var order : orders) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return confirm(order);
                }));
            }
            await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> !Instant.now()
                    .isBefore(Instant.parse(last).minusMillis(millis)));
            go.countDown();
            for (var answer : answers) {
                outcomes.add(answer.get());
            }
        }

        assertThat(outcomes).hasSize(40).isSubsetOf("CONFIRMED", "EXPIRED");
        long confirmed = outcomes.stream().filter("CONFIRMED"::equals).count();
        await().atMost(PATIENCE).untilAsserted(() -> {
            var audit = shop.audit(drop);
            assertThat(audit.get("held").longValue()).isZero();
            assertThat(audit.get("confirmed").longValue()).isEqualTo(confirmed);
            assertThat(audit.get("remaining").longValue()).isEqualTo(40 - confirmed);
        });
        for (int i = 0; i < orders.size(); i++) {
            assertThat(confirm(orders.get(i))).isEqualTo(outcomes.get(i));
        }
        return outcomes;
    }

    @Test
    void releasesCancelledOrdersOnceHoweverOftenItIsTold() {
        var drop = shop.openDrop(10, 10);
        var token = Tokens.shopper();
        var unpaid = order(shop.buy(drop, token, 2));
        var paid = order(shop.buy(drop, token, 3));
        confirm(paid);
        var user = UUID.randomUUID();

        for (int i = 0; i < 3; i++) {
            publish(new OrderCancelled(unpaid, user, drop, Instant.now()));
            publish(new OrderCancelled(paid, user, drop, Instant.now()));
            publish(new OrderCancelled(UUID.randomUUID(), user, drop, Instant.now()));
            publish(new OrderPaid(paid, user, drop, drop, 3, 1, Instant.now()));
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shop.audit(drop).get("remaining").longValue())
                .isEqualTo(10));
        assertThat(confirm(unpaid)).isEqualTo("RELEASED");
    }

    @Test
    void goesOnAfterARecordThatNobodyCanRead() {
        var drop = shop.openDrop(10, 10);
        var order = order(shop.buy(drop, Tokens.shopper(), 1));
        var broken = new ProducerRecord<>(Topics.ORDERS, "k", new byte[] {1, 2, 3});
        broken.headers().add("type", "OrderCancelled".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var _ = producer().send(broken);

        publish(new OrderCancelled(order, UUID.randomUUID(), drop, Instant.now()));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shop.audit(drop).get("remaining").longValue())
                .isEqualTo(10));
    }

    @Test
    void bringsASoldOutDropBackToLifeWhenAHoldRunsOut() {
        var drop = shop.drop(1, 1, ",\"paymentWindowSeconds\":3");
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 SOLD_OUT");

        await().atMost(PATIENCE).until(() -> shop.buy(drop, Tokens.shopper(), 1).statusCode() == 201);
    }

    @Test
    void isForServicesOnly() {
        var path = shop.web("/internal/holds/" + UUID.randomUUID());

        assertThat(shop.get(path, Tokens.admin()).statusCode()).isEqualTo(404);
        assertThat(shop.get(path, null, ServiceCalls.SERVICE_KEY_HEADER, "guess")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void sellsOnWhileRedisForgetsEverythingAndWhileItIsAway() throws Exception {
        var drop = shop.openDrop(10, 1);
        var locked = shop.drop(10, 1, ",\"strategy\":\"redis-lock\"");
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(shop.buy(locked, Tokens.shopper(), 1).statusCode()).isEqualTo(201);

        try (var redis = new RawClient(SharedEngines.redis().port())) {
            redis.send("FLUSHALL\r\n");
        }
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(shop.buy(locked, Tokens.shopper(), 1).statusCode()).isEqualTo(201);

        try (var away = shop.another("OPENRUN_REDIS_URL=redis://127.0.0.1:1")) {
            assertThat(away.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
            assertThat(away.buy(locked, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        }
        assertThat(shop.audit(locked).get("held").longValue()).isEqualTo(3);
    }

    private static void publish(io.openrun.contracts.OrderEvent event) {
        var _ = producer().send(new EventCodec().toRecord(Topics.ORDERS, event));
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> producer() {
        return shop.bean(Producer.class);
    }

    private static UUID order(HttpResponse<String> bought) {
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);
        return UUID.fromString(json(bought).get("orderId").stringValue());
    }

    private static HttpResponse<String> hold(UUID order) {
        return shop.get(shop.web("/internal/holds/" + order), null, ServiceCalls.SERVICE_KEY_HEADER, key());
    }

    private static String confirm(UUID order) {
        var answer = shop.send(DropShop.request(
                        shop.web("/internal/holds/" + order + "/confirm"), null, ServiceCalls.SERVICE_KEY_HEADER, key())
                .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("outcome").stringValue();
    }

    private static String key() {
        return SharedEngines.secrets().serviceKey();
    }
}
