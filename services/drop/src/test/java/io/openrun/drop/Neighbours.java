package io.openrun.drop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.openrun.contracts.DropWindow;
import io.openrun.contracts.StockMove;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** The services next to this one, over real HTTP: a catalog that keeps count, and the user service's keys. */
public final class Neighbours {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PRODUCTS = "/internal/products/";

    private final Map<UUID, Long> stock = new HashMap<>();
    private final Map<String, StockMove.Moved> moved = new HashMap<>();
    private final List<StockMove> moves = new CopyOnWriteArrayList<>();
    private final Map<UUID, DropWindow> windows = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile Silence silence = Silence.NONE;

    /** How the catalog fails. */
    public enum Silence {
        NONE,
        /** The call never arrives. */
        BEFORE,
        /** The units move, but the answer is lost. */
        AFTER,
        /** The call arrives, and the catalog fails over it. */
        BROKEN,
        /** The units move, and the answer comes once the catalog is well again. */
        LATE
    }

    Neighbours() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/jwks.json", exchange -> answer(exchange, 200, Tokens.keySet()));
        server.createContext(PRODUCTS, exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                change(exchange);
            } else {
                move(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public UUID product(long units) {
        var id = UUID.randomUUID();
        synchronized (this) {
            stock.put(id, units);
        }
        return id;
    }

    /** A product of that id with so many units from now on. */
    public synchronized void stock(UUID product, long units) {
        stock.put(product, units);
    }

    /** From now on there is no such product. */
    public synchronized void remove(UUID product) {
        stock.remove(product);
    }

    public synchronized long stockOf(UUID product) {
        return stock.get(product);
    }

    public List<StockMove> moves() {
        return moves;
    }

    /** What the catalog was last told about a drop. */
    public Optional<DropWindow> windowOf(UUID drop) {
        return Optional.ofNullable(windows.get(drop));
    }

    public synchronized void fallSilent(Silence how) {
        silence = how;
        notifyAll();
    }

    private synchronized void takeYourTime() {
        try {
            while (silence == Silence.LATE) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void move(HttpExchange exchange) throws IOException {
        var move = JSON.readValue(exchange.getRequestBody().readAllBytes(), StockMove.class);
        var product = UUID.fromString(
                exchange.getRequestURI().getPath().substring(PRODUCTS.length(), PRODUCTS.length() + 36));
        if (silence == Silence.BEFORE) {
            exchange.close();
            return;
        }
        if (silence == Silence.BROKEN) {
            answer(exchange, 500, "{\"code\":\"INTERNAL_ERROR\"}");
            return;
        }
        var result = move(product, move);
        takeYourTime();
        if (silence == Silence.AFTER) {
            exchange.close();
        } else {
            answer(exchange, result.status, result.body);
        }
    }

    private void change(HttpExchange exchange) throws IOException {
        takeYourTime();
        var window = JSON.readValue(exchange.getRequestBody().readAllBytes(), DropWindow.class);
        var path = exchange.getRequestURI().getPath();
        if (silence == Silence.BEFORE) {
            exchange.close();
            return;
        }
        windows.merge(
                UUID.fromString(path.substring(path.lastIndexOf('/') + 1)),
                window,
                (known, told) -> told.version() > known.version() ? told : known);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private record Result(int status, String body) {}

    private synchronized Result move(UUID product, StockMove move) {
        var remaining = stock.get(product);
        if (remaining == null) {
            return new Result(404, "{\"code\":\"NOT_FOUND\"}");
        }
        var earlier = moved.get(move.reference());
        if (earlier == null && remaining + move.delta() < 0) {
            return new Result(409, "{\"code\":\"INSUFFICIENT_STOCK\",\"remaining\":" + remaining + "}");
        }
        if (earlier == null) {
            stock.put(product, remaining + move.delta());
            moves.add(move);
            earlier = new StockMove.Moved(product, "A thing", remaining + move.delta());
            moved.put(move.reference(), earlier);
        }
        return new Result(200, JSON.writeValueAsString(earlier));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
