package io.openrun.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.openrun.contracts.HoldConfirmation;
import io.openrun.contracts.HoldConfirmation.Outcome;
import io.openrun.contracts.HoldView;
import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.OrderEvent.OrderCancelled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand in the place of the drop service: real HTTP, holds in memory, and each hold is confirmed, expired or
 * released exactly once, whoever is first.
 */
final class DropStand {

    private static final String HOLDS = "/internal/holds/";
    private static final int UUID_CHARS = 36;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<UUID, HoldView> holds = new ConcurrentHashMap<>();
    private final AtomicInteger confirmations = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer server;
    private volatile int refusal;

    DropStand() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(HOLDS, this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void put(HoldView hold) {
        holds.put(hold.orderId(), hold);
    }

    void goAway() {
        refusals.set(0);
        refusal = 503;
    }

    /** As a drop does that was given another service key: what is internal is not there. */
    void turnEverybodyAway() {
        refusals.set(0);
        refusal = 404;
    }

    void comeBack() {
        refusal = 0;
    }

    /** How often somebody asked while it was away. */
    int refusals() {
        return refusals.get();
    }

    /** How often a confirmation was asked for. */
    int confirmations() {
        return confirmations.get();
    }

    String statusOf(UUID orderId) {
        return holds.get(orderId).status();
    }

    /** HELD → EXPIRED; tells whether it was this call. */
    boolean expire(UUID orderId) {
        return change(orderId, "EXPIRED", "HELD");
    }

    /** HELD or CONFIRMED → RELEASED; tells whether it was this call. */
    boolean release(UUID orderId) {
        return change(orderId, "RELEASED", "HELD") || change(orderId, "RELEASED", "CONFIRMED");
    }

    /** Settlement: what a cancelled order held is released. */
    void hear(OrderEvent event) {
        if (event instanceof OrderCancelled) {
            release(event.orderId());
        }
    }

    private boolean change(UUID orderId, String to, String from) {
        boolean[] changed = {false};
        holds.computeIfPresent(orderId, (id, hold) -> {
            if (!hold.status().equals(from)) {
                return hold;
            }
            changed[0] = true;
            return withStatus(hold, to);
        });
        return changed[0];
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (refusal != 0) {
                refusals.incrementAndGet();
                send(exchange, refusal, Map.of());
                return;
            }
            var id = UUID.fromString(
                    exchange.getRequestURI().getPath().substring(HOLDS.length(), HOLDS.length() + UUID_CHARS));
            if (exchange.getRequestMethod().equals("POST")) {
                confirmations.incrementAndGet();
                change(id, "CONFIRMED", "HELD");
                var hold = holds.get(id);
                send(
                        exchange,
                        200,
                        new HoldConfirmation(hold == null ? Outcome.UNKNOWN : Outcome.valueOf(hold.status())));
            } else if (holds.containsKey(id)) {
                send(exchange, 200, holds.get(id));
            } else {
                send(exchange, 404, Map.of());
            }
        }
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static HoldView withStatus(HoldView hold, String status) {
        return new HoldView(
                hold.orderId(),
                hold.dropId(),
                hold.productId(),
                hold.title(),
                hold.userId(),
                hold.quantity(),
                hold.unitPrice(),
                hold.amount(),
                hold.sequence(),
                status,
                hold.heldAt(),
                hold.expiresAt());
    }
}
