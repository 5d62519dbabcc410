package io.openrun.launcher;

import io.openrun.lab.shop.Crowd;
import io.openrun.lab.shop.LocalShop;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A checked load test of the journey.
 *
 * @param tokenFile the shoppers' access tokens, null when the shop is to be asked for them
 */
record JourneyPlan(
        LocalShop shop,
        int shoppers,
        int seconds,
        int stock,
        int newcomers,
        @Nullable Path tokenFile) {

    private static final String HEADING = "token";

    /** What Maven is told; the password is not among it. */
    List<String> properties(Path tokens) {
        return List.of(
                "-Djourney.base-url=" + withoutSlash(shop.address().base()),
                "-Djourney.fast-lane-url=" + withoutSlash(shop.address().lane()),
                "-Djourney.admin-email=" + shop.adminEmail(),
                "-Djourney.tokens=" + tokens,
                "-Djourney.shoppers=" + shoppers,
                "-Djourney.seconds=" + seconds,
                "-Djourney.stock=" + stock,
                "-Djourney.newcomers=" + newcomers);
    }

    /** Refuses an administrator whom the shop does not take for one, before a crowd is sent on its way. */
    void requireAdministrator() {
        try (ShopClient client = new ShopClient(shop.address())) {
            var token = client.login(shop.adminEmail(), shop.adminPassword());
            ShopClient.expect(client.get("/admin/orders?limit=1", token), "act as an administrator");
        } catch (ShopException e) {
            throw Failure.ofInput("Nobody can open the drop: " + e.getMessage());
        }
    }

    /** Writes a token for everyone who does not sign up, into a file that only its owner reads. */
    Path writeTokens() {
        List<String> lines = new ArrayList<>();
        lines.add(HEADING);
        // Nobody may be without a token, should the load test's arithmetic bring one shopper more.
        int needed = shoppers + 1;
        lines.addAll(tokenFile == null ? asked(needed) : read(tokenFile));
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            return Files.write(Files.createTempFile("openrun-tokens", ".csv", ownerOnly), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> asked(int count) {
        try (ShopClient client = new ShopClient(shop.address())) {
            Crowd crowd = client.shoppers(count, so -> {});
            return IntStream.range(0, count).mapToObj(crowd::token).toList();
        } catch (ShopException e) {
            throw Failure.of("No shoppers: " + e.getMessage() + ". Give their tokens with --tokens.");
        }
    }

    private List<String> read(Path file) {
        try {
            List<String> given = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.strip().substring(line.strip().lastIndexOf(' ') + 1))
                    .toList();
            if (given.size() < shoppers) {
                throw Failure.ofInput(
                        "There are %,d tokens in %s for %,d shoppers.".formatted(given.size(), file, shoppers));
            }
            return given;
        } catch (IOException e) {
            throw Failure.ofInput("Cannot read the tokens in " + file + ".");
        }
    }

    private static String withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
