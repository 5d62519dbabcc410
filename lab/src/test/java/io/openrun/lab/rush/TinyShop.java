package io.openrun.lab.rush;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shop of one drop in memory, with faults on demand: what a rush must find. */
final class TinyShop implements AutoCloseable {

    /** What it does wrong. */
    enum Fault {
        OVERSELLS,
        FORGETS_AN_ORDER,
        GIVES_A_PLACE_TWICE,
        BREAKS_SOMETIMES,
        DECLINES_PAYMENTS
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Set<Fault> faults;
    private final AtomicInteger purchases = new AtomicInteger();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private int quantity;
    private int sold;
    private String opensAt = "";

    TinyShop(Fault... faults) throws IOException {
        this.faults = EnumSet.noneOf(Fault.class);
        this.faults.addAll(Set.of(faults));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Leaves what a running shop leaves in its data directory. */
    void describeIn(Path data) throws IOException {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/shop.json"),
                JSON.writeValueAsString(Map.of("base", address, "lane", address, "serviceKey", "key")));
        Files.writeString(data.resolve("credentials"), "admin@openrun.local=secret=1\n");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        String path =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        JsonNode body = request.length == 0 ? JSON.createObjectNode() : JSON.readTree(request);
        String answer = answer(path, body);
        byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String answer(String path, JsonNode body) {
        String id = path.replaceFirst("/confirm$", "").replaceFirst(".*/", "");
        return switch (path.replaceFirst("/order-[0-9]+", "/{id}")) {
            case "POST /api/v1/sessions" ->
                body.path("password").asString().equals("secret=1") ? "201 {\"accessToken\":\"boss\"}" : "401 {}";
            case "POST /internal/demo/shoppers" ->
                "200 "
                        + IntStream.range(0, body.path("count").asInt())
                                .mapToObj(i -> "user-" + i + " token-" + i + "\n")
                                .collect(Collectors.joining());
            case "POST /api/v1/products" -> "201 {\"id\":\"p\"}";
            case "POST /api/v1/drops" -> schedule(body);
            case "PATCH /api/v1/drops/d" -> reschedule(body);
            case "GET /api/v1/drops/d" -> "200 {\"serverTime\":\"%s\"}".formatted(Instant.now());
            case "GET /api/v1/drops/d/purchases/mine" -> "200 {\"items\":[]}";
            case "POST /api/v1/drops/d/purchases" -> purchase();
            case "GET /api/v1/drops/d/audit" -> audit();
            case "GET /api/v1/orders/{id}" ->
                orders.containsKey(id) ? "200 {\"status\":\"%s\"}".formatted(orders.get(id)) : "404 {}";
            case "POST /api/v1/payments" ->
                "201 {\"id\":\"%s\",\"amount\":15000}"
                        .formatted(body.path("orderId").asString());
            case "POST /api/v1/payments/{id}/confirm" -> confirm(id);
            default -> "404 {}";
        };
    }

    private synchronized String schedule(JsonNode body) {
        quantity = body.path("quantity").asInt();
        opensAt = body.path("opensAt").asString();
        return "201 {\"id\":\"d\"}";
    }

    private synchronized String reschedule(JsonNode body) {
        opensAt = body.path("opensAt").asString();
        return "200 {}";
    }

    private synchronized String purchase() {
        if (Instant.now().isBefore(Instant.parse(opensAt))) {
            return "409 {\"code\":\"DROP_NOT_OPEN\"}";
        }
        if (faults.contains(Fault.BREAKS_SOMETIMES) && purchases.incrementAndGet() == 20) {
            return "500 {\"code\":\"INTERNAL\"}";
        }
        if (sold == quantity + (faults.contains(Fault.OVERSELLS) ? 1 : 0)) {
            return "409 {\"code\":\"SOLD_OUT\"}";
        }
        sold++;
        String order = "order-" + sold;
        if (!(faults.contains(Fault.FORGETS_AN_ORDER) && sold == 3)) {
            orders.put(order, "PENDING_PAYMENT");
        }
        int place = faults.contains(Fault.GIVES_A_PLACE_TWICE) && sold == 5 ? 4 : sold;
        return "201 {\"orderId\":\"%s\",\"quantity\":1,\"amount\":15000,\"sequence\":%d,\"status\":\"HELD\"}"
                .formatted(order, place);
    }

    private synchronized String audit() {
        return """
                200 {"quantity":%d,"remaining":%d,"held":%d,"confirmed":0,"oversold":0,"duplicates":0,"sequenceGaps":0}""".formatted(quantity, Math.max(0, quantity - sold), Math.min(quantity, sold));
    }

    private String confirm(String order) {
        boolean declined = faults.contains(Fault.DECLINES_PAYMENTS);
        orders.put(order, declined ? "PAYMENT_FAILED" : "PAID");
        return "200 {\"amount\":15000,\"status\":\"%s\"}".formatted(declined ? "FAILED" : "SUCCEEDED");
    }
}
