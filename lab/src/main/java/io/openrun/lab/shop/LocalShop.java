package io.openrun.lab.shop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shop that was started here leaves in its data directory: where it listens, and its administrator. */
public record LocalShop(ShopAddress address, String adminEmail, String adminPassword) {

    private static final String ADMIN = "admin@openrun.local";

    /**
     * Reads {@code run/shop.json} and {@code credentials}.
     *
     * @throws ShopException with one sentence when no shop was started with this data directory
     */
    public static LocalShop in(Path data) {
        try {
            JsonNode shop = JsonMapper.builder().build().readTree(Files.readString(data.resolve("run/shop.json")));
            return new LocalShop(
                    new ShopAddress(
                            URI.create(shop.path("base").asString()),
                            URI.create(shop.path("lane").asString()),
                            shop.path("serviceKey").asString()),
                    ADMIN,
                    adminPassword(data));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new ShopException("no shop is running on " + data + ": start one with ./openrun up", e);
        }
    }

    private static String adminPassword(Path data) throws IOException {
        Optional<String> line = Files.readAllLines(data.resolve("credentials")).stream()
                .filter(l -> l.startsWith(ADMIN + "="))
                .findFirst();
        return line.map(l -> l.substring(ADMIN.length() + 1))
                .orElseThrow(
                        () -> new ShopException("there is no password of " + ADMIN + " in " + data + "/credentials"));
    }
}
