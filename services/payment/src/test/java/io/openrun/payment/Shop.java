package io.openrun.payment;

import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.PaymentEvent;
import io.openrun.contracts.Topics;
import io.openrun.engines.SharedEngines;
import io.openrun.payment.card.CardBehaviour;
import io.openrun.payment.card.SimulatedCardNetwork;
import io.openrun.platform.events.EventCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The payment service running on real engines, with its neighbours, as tests see it from outside. */
final class Shop implements AutoCloseable {

    static final CardBehaviour FAITHFUL = new CardBehaviour(1, 0, 5, 0, 0, 0);

    private static final Map<String, String> ENGINES = SharedEngines.properties();
    private static final Keys KEYS = new Keys();
    private static final Neighbours NEIGHBOURS = new Neighbours(KEYS, ENGINES.get("OPENRUN_SERVICE_KEY"));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext context;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The one that most tests share; it ends with the JVM. */
    static Shop shared() {
        return Shared.SHOP;
    }

    private static final class Shared {
        static final Shop SHOP = start(Map.of());
    }

    /** One more instance on the same engines. */
    static Shop start(Map<String, Object> settings) {
        var properties = new LinkedHashMap<String, Object>(ENGINES);
        properties.putAll(Map.of(
                "spring.application.name", "payment",
                "OPENRUN_PORT", "0",
                "OPENRUN_DEMO", "true",
                "openrun.services.user", NEIGHBOURS.url(),
                "openrun.services.order", NEIGHBOURS.url()));
        properties.putAll(Map.of(
                "openrun.payment.card.seed", "7",
                // a machine that is busy with other tests is slow, not away
                "spring.datasource.hikari.connection-timeout", "20000",
                "openrun.payment.card.success-probability", "1",
                "openrun.payment.card.answer-timeout", "100ms",
                "openrun.payment.paying.attend-every", "25ms",
                "openrun.payment.paying.attend-retry", "300ms",
                "openrun.payment.paying.attend-pending-after", "300ms"));
        properties.putAll(settings);
        return new Shop(new SpringApplicationBuilder(PaymentService.class)
                .properties(properties)
                .initializers(application -> application
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new org.springframework.core.env.MapPropertySource("test", properties)))
                .run());
    }

    Neighbours neighbours() {
        return NEIGHBOURS;
    }

    JdbcTemplate database() {
        return context.getBean(JdbcTemplate.class);
    }

    SimulatedCardNetwork cards() {
        return context.getBean(SimulatedCardNetwork.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Shopper shopper() {
        var id = UUID.randomUUID();
        return new Shopper(this, id, KEYS.token(id, "USER", Duration.ofMinutes(10)));
    }

    String expiredToken() {
        return KEYS.token(UUID.randomUUID(), "USER", Duration.ofSeconds(-10));
    }

    static String tokenOfAnotherKey() {
        return new Keys().token(UUID.randomUUID(), "USER", Duration.ofMinutes(10));
    }

    Answer get(String path, String token) {
        return send(request(path, token).GET().build());
    }

    Answer post(String path, String token, String body, String... headers) {
        var request = request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    HttpRequest.Builder request(String path, String token) {
        var port = context.getEnvironment().getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpRequest.Builder internalRequest(String path) {
        return request(path, "").header("X-Service-Key", ENGINES.get("OPENRUN_SERVICE_KEY"));
    }

    Answer send(HttpRequest request) {
        try {
            return Answer.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tells the service what happened to an order, as the order service does. */
    void hears(OrderEvent event) {
        hears(context.getBean(EventCodec.class).toRecord(Topics.ORDERS, event));
    }

    @SuppressWarnings("unchecked")
    void hears(ProducerRecord<String, byte[]> sent) {
        try {
            ((Producer<String, byte[]>) context.getBean(Producer.class))
                    .send(sent)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the service has told of an order so far, in order. */
    List<PaymentEvent> told(UUID orderId) {
        return PaymentEvents.ofOrder(ENGINES.get("OPENRUN_KAFKA_SERVERS"), orderId);
    }

    /** Runs the work so many times at once and answers what came of each. */
    static <T> List<T> atOnce(int times, IntFunction<T> work) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            IntStream.range(0, times)
                    .forEach(i -> running.add(threads.submit(() -> {
                        start.await();
                        return work.apply(i);
                    })));
            start.countDown();
            return running.stream().map(Shop::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
