package io.openrun.payment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.openrun.contracts.OrderView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/** What payments need of the other services: the order service's orders and the user service's keys, over HTTP. */
final class Neighbours implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<UUID, OrderView> orders = new ConcurrentHashMap<>();
    private final AtomicBoolean ordersAway = new AtomicBoolean();
    private final HttpServer server;

    Neighbours(Keys keys, String serviceKey) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/jwks.json", exchange -> answer(exchange, 200, keys.keySet()));
        server.createContext("/internal/orders/", exchange -> answerOrder(exchange, serviceKey));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void know(OrderView order) {
        orders.put(order.id(), order);
    }

    void ordersAreAway(boolean away) {
        ordersAway.set(away);
    }

    private void answerOrder(HttpExchange exchange, String serviceKey) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var order = orders.get(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
        if (!serviceKey.equals(exchange.getRequestHeaders().getFirst("X-Service-Key"))) {
            answer(exchange, 401, "{}");
        } else if (ordersAway.get()) {
            answer(exchange, 503, "{}");
        } else if (order == null) {
            answer(exchange, 404, "{\"code\":\"NOT_FOUND\"}");
        } else {
            answer(exchange, 200, JSON.writeValueAsString(order));
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
