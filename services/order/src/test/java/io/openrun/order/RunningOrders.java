package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.Event;
import io.openrun.contracts.OrderEvent.RefundDue;
import io.openrun.contracts.Topics;
import io.openrun.engines.SharedEngines;
import io.openrun.order.book.Order;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.book.Orders;
import io.openrun.platform.events.EventCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The order service on real engines, between stands for the services beside it. */
@SpringBootTest(classes = OrderService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class RunningOrders {

    static final DropStand DROP = new DropStand();
    static final Shoppers SHOPPERS = new Shoppers();
    private static final Map<String, String> ENGINES = SharedEngines.properties();
    static final Told TOLD = new Told(ENGINES.get("OPENRUN_KAFKA_SERVERS"), DROP::hear);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    Orders orders;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    private Producer<String, byte[]> producer;

    @Autowired
    private EventCodec codec;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void engines(DynamicPropertyRegistry registry) {
        ENGINES.forEach((name, value) -> registry.add(name, () -> value));
        // a machine that is busy with other tests is slow, not away
        registry.add("spring.datasource.hikari.connection-timeout", () -> "20000");
        registry.add("openrun.services.drop", DROP::url);
        registry.add("openrun.services.user", SHOPPERS::url);
        registry.add("openrun.order.watch.max-watchers", () -> 12);
        registry.add("openrun.order.watch.heartbeat", () -> "300ms");
        registry.add("openrun.services.order", () -> "http://127.0.0.1:1");
    }

    /** An answer, its body read as JSON. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {

        String code() {
            return body.path("code").asString();
        }
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(25));
    }

    /** The drop sells it: the hold is there, the hold log has not come round yet. */
    Purchase bought(Purchase purchase) {
        DROP.put(purchase.hold());
        return purchase;
    }

    /** The drop sells it and the order is made. */
    Purchase ordered(Purchase purchase) {
        bought(purchase);
        drops(purchase.held());
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
        return purchase;
    }

    void drops(Event... events) {
        send(Stream.of(events).map(event -> codec.toRecord(Topics.DROPS, event)));
    }

    void payments(Event... events) {
        send(Stream.of(events).map(event -> codec.toRecord(Topics.PAYMENTS, event)));
    }

    /** Sends records in order and returns once the broker has them. */
    void send(Stream<ProducerRecord<String, byte[]>> records) {
        for (var sent : records.map(producer::send).toList()) {
            try {
                sent.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void awaitStatus(Purchase purchase, OrderStatus status) {
        eventually().untilAsserted(() -> assertThat(orders.findById(purchase.orderId()))
                .map(Order::status)
                .contains(status));
    }

    void awaitTold(Purchase purchase, String... kinds) {
        eventually()
                .untilAsserted(() -> assertThat(TOLD.kinds(purchase.orderId())).containsExactlyInAnyOrder(kinds));
    }

    /** Payments sent before are handled once this returns: a worthless one of the same order has been given back. */
    void awaitPaymentsHandled(Purchase... purchases) {
        var worthless = Stream.of(purchases).map(purchase -> Purchase.id()).toArray(UUID[]::new);
        for (int i = 0; i < purchases.length; i++) {
            TOLD.ignoreRefundOf(worthless[i]);
            payments(purchases[i].paid(worthless[i], 1));
        }
        eventually().until(() -> Stream.of(worthless).allMatch(this::refunded));
    }

    boolean refunded(UUID paymentId) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM orders.refund WHERE payment_id = ?)", Boolean.class, paymentId));
    }

    List<RefundDue> refunds(Purchase purchase, UUID paymentId) {
        return TOLD.about(purchase.orderId()).stream()
                .filter(RefundDue.class::isInstance)
                .map(RefundDue.class::cast)
                .filter(refund -> refund.paymentId().equals(paymentId))
                .toList();
    }

    Answer get(String path, UUID user) {
        return send(request(path, SHOPPERS.token(user)).GET());
    }

    Answer cancel(Purchase purchase, UUID user) {
        return send(request("/api/v1/orders/" + purchase.orderId() + "/cancel", SHOPPERS.token(user))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    Answer send(HttpRequest.Builder request) {
        var answer = raw(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()), answer);
    }

    <T> HttpResponse<T> raw(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request.build(), body);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
