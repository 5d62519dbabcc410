package io.openrun.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A shop of a few lines that starts at once, in the place of the real one: the launcher's tests are about
 * processes, ports and signals. The real shop is started in the black-box tests.
 */
public final class Shop {

    public static final String DRAINED = "drained, and the database still answered";

    private Shop() {}

    public static void main(String[] arguments) throws IOException {
        System.err.println(ManagementFactory.getRuntimeMXBean().getInputArguments());
        Runtime.getRuntime().addShutdownHook(new Thread(Shop::drain));
        listen("OPENRUN_PORT", "/internal/demo/shoppers", Shop::shoppers);
        listen("OPENRUN_FAST_LANE_PORT", "/", exchange -> answer(exchange, 404, ""));
        listen("OPENRUN_MANAGEMENT_PORT", "/actuator/health/readiness", exchange -> answer(exchange, 200, "{}"));
    }

    private static void listen(String port, String path, com.sun.net.httpserver.HttpHandler handler)
            throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv(port)));
        var server = HttpServer.create(address, 16);
        server.createContext(path, handler);
        server.start();
    }

    private static void shoppers(HttpExchange exchange) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("X-Service-Key");
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!System.getenv("OPENRUN_SERVICE_KEY").equals(key)) {
            answer(exchange, 403, "");
            return;
        }
        int count = Integer.parseInt(body.replaceAll("\\D", ""));
        answer(
                exchange,
                200,
                IntStream.range(0, count)
                        .mapToObj(n -> "user-" + n + " token-" + n + "\n")
                        .collect(Collectors.joining()));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static void drain() {
        try (var connection = DriverManager.getConnection(System.getenv("OPENRUN_DATABASE_URL"))) {
            System.err.println(connection.isValid(1) ? DRAINED : "the database was gone");
        } catch (SQLException e) {
            System.err.println("the database was gone: " + e.getMessage());
        }
    }
}
