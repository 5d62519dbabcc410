package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.DemoAccounts;
import io.openrun.engines.RunningShop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The whole shop as its users meet it: real engines, a process of its own, nothing but HTTP. */
final class TheShop {

    static final long PRICE = 15_000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TheShop shared;

    final RunningShop running;
    private final List<Shopper> waiting = new ArrayList<>();
    private int drawn;

    private TheShop(RunningShop running) {
        this.running = running;
    }

    /** The shop that all tests share; it is never killed. */
    static synchronized TheShop running() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A shop of one's own, to do bad things to; it ends with the test JVM at the latest. */
    static TheShop start() {
        try {
            var home = Files.createTempDirectory("openrun-e2e");
            var running = RunningShop.start(home);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                running.close();
                // Engines that a test killed and started again.
                RunningShop.endOrphans(home);
                remove(home);
            }));
            return new TheShop(running);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path home) {
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return withoutSlash(running.shop().base());
    }

    String lane() {
        return withoutSlash(running.shop().lane());
    }

    private static String withoutSlash(URI uri) {
        var text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    Shopper admin() {
        return login(DemoAccounts.ADMIN, running.accounts().adminPassword());
    }

    /** The verified demonstration shopper, with a session of their own. */
    Shopper newMember() {
        return login(DemoAccounts.DEMO, running.accounts().demoPassword());
    }

    private Shopper login(String email, String password) {
        var session = Shopper.nobody(base())
                .post("/api/v1/sessions", Map.of("email", email, "password", password))
                .ok();
        return new Shopper(
                base(),
                session.path("user").path("id").asString(),
                session.path("accessToken").asString());
    }

    Shopper newShopper() {
        return newShoppers(1).getFirst();
    }

    /** Shoppers that nobody has met before. */
    synchronized List<Shopper> newShoppers(int count) {
        if (drawn + count > waiting.size()) {
            waiting.clear();
            waiting.addAll(shoppersUpTo(drawn + Math.max(count, 500)));
        }
        var drawnNow = List.copyOf(waiting.subList(drawn, drawn + count));
        drawn += count;
        return drawnNow;
    }

    private List<Shopper> shoppersUpTo(int count) {
        var lines = internal("POST", "/internal/demo/shoppers", "{\"count\":" + count + "}");
        return lines.lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Shopper(base(), parts[0], parts[1]))
                .toList();
    }

    /** Something only services may ask. */
    String internal(String method, String path, String body) {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(base() + path))
                            .header("X-Service-Key", running.secrets().serviceKey())
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void cardAlwaysSucceeds() {
        cardSucceeds(1.0);
    }

    void cardIsAlwaysDeclined() {
        cardSucceeds(0.0);
    }

    private void cardSucceeds(double probability) {
        var behaviour = Shopper.JSON.readTree(internal("GET", "/internal/card-network", ""));
        ((tools.jackson.databind.node.ObjectNode) behaviour).put("successProbability", probability);
        internal("PUT", "/internal/card-network", behaviour.toString());
    }

    String newProduct(long quantity) {
        return admin().post(
                        "/api/v1/products",
                        Map.of("name", "E2E " + UUID.randomUUID(), "price", 20_000, "quantity", quantity))
                .ok()
                .path("id")
                .asString();
    }

    String newOpenDrop(String product, int quantity, int perUserLimit) {
        return newOpenDrop(product, quantity, perUserLimit, Map.of());
    }

    String newOpenDrop(String product, int quantity, int perUserLimit, Map<String, Object> more) {
        var body = new HashMap<>(dropBody(product, quantity, perUserLimit));
        body.put("paymentWindowSeconds", 600);
        body.putAll(more);
        body.put("opensAt", Instant.now().plusMillis(300).toString());
        var id = admin().post("/api/v1/drops", body).ok().path("id").asString();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> drop(id).path("state").asString().equals("OPEN"));
        return id;
    }

    String newScheduledDrop(String product, int quantity, int perUserLimit, Duration in) {
        var body = new HashMap<>(dropBody(product, quantity, perUserLimit));
        body.put("opensAt", Instant.now().plus(in).toString());
        body.put("closesAt", Instant.now().plus(in).plusSeconds(3_600).toString());
        return admin().post("/api/v1/drops", body).ok().path("id").asString();
    }

    JsonNode drop(String id) {
        return Shopper.nobody(base()).get("/api/v1/drops/" + id).ok();
    }

    static Map<String, Object> dropBody(String product, int quantity, int perUserLimit) {
        return Map.of(
                "productId", product,
                "title", "E2E drop",
                "quantity", quantity,
                "price", PRICE,
                "perUserLimit", perUserLimit,
                "opensAt", Instant.now().plusSeconds(1).toString(),
                "closesAt", Instant.now().plusSeconds(3_600).toString());
    }

    /** Reads the development inbox as a person would, and takes the token out of the link. */
    String verificationTokenMailedTo(String email) {
        var token = new String[1];
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            var page = Shopper.nobody(base()).get("/dev/inbox").response().body();
            var at = page.indexOf(email);
            var match = Pattern.compile("token=([A-Za-z0-9_.-]+)").matcher(page);
            if (at >= 0 && match.find(at)) {
                token[0] = match.group(1);
            }
            return token[0] != null;
        });
        return token[0];
    }
}
