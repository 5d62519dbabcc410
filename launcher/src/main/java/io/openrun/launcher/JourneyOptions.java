package io.openrun.launcher;

import io.openrun.lab.shop.LocalShop;
import io.openrun.lab.shop.ShopAddress;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the load tests of the whole journey have in common: how many shoppers, at which shop, let in by what. */
final class JourneyOptions {

    private static final int SHOPPERS_MAX = 100_000;
    private static final int SECONDS_MIN = 10;
    private static final int SECONDS_MAX = 3_600;
    private static final int STOCK_MAX = 1_000_000;
    private static final int NEWCOMERS_MAX = 100;

    @Option(
            names = "--shoppers",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many come, 1 to 100,000 (default ${DEFAULT-VALUE}).")
    private int shoppers;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "How long they take to arrive, 10 to 3,600 (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--stock",
            paramLabel = "N",
            description = "Units of the drop they all want, 1 to 1,000,000 (default: one for every second shopper).")
    private @Nullable Integer stock;

    @Option(
            names = "--newcomers",
            paramLabel = "N",
            description = "How many of them sign up and read their mail in the shop's development inbox, 0 to 100"
                    + " (default: 1, and 0 with --base-url).")
    private @Nullable Integer newcomers;

    @Option(
            names = "--data",
            defaultValue = DataFolder.DEFAULT_NAME,
            paramLabel = "DIR",
            description = "The running shop's data (default .openrun beside this script).")
    private Path data = Path.of(DataFolder.DEFAULT_NAME);

    @Option(names = "--base-url", paramLabel = "URL", description = "Another shop than the one running here.")
    private @Nullable URI baseUrl;

    @Option(
            names = "--fast-lane-url",
            paramLabel = "URL",
            description = "Where that shop answers purchases fastest (default: --base-url).")
    private @Nullable URI fastLaneUrl;

    @Option(names = "--admin-email", paramLabel = "EMAIL", description = "An administrator of that shop.")
    private @Nullable String adminEmail;

    @Option(
            names = "--admin-password",
            defaultValue = "${env:OPENRUN_ADMIN_PASSWORD}",
            paramLabel = "PASSWORD",
            description = "The administrator's password (default: the environment's OPENRUN_ADMIN_PASSWORD).")
    private @Nullable String adminPassword;

    @Option(
            names = "--service-key",
            defaultValue = "${env:OPENRUN_SERVICE_KEY}",
            paramLabel = "KEY",
            description = "What that shop's services show each other, if it hands out demonstration shoppers"
                    + " (default: the environment's OPENRUN_SERVICE_KEY).")
    private @Nullable String serviceKey;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Access tokens of that shop's shoppers where it hands out none: one a line, last on it.")
    private @Nullable Path tokens;

    /** The journey as asked for, every number checked. */
    JourneyPlan plan() {
        between("--shoppers", shoppers, 1, SHOPPERS_MAX);
        between("--seconds", seconds, SECONDS_MIN, SECONDS_MAX);
        int units = stock == null ? Math.max(1, shoppers / 2) : stock;
        between("--stock", units, 1, STOCK_MAX);
        int signUps = newcomers != null ? newcomers : baseUrl == null ? 1 : 0;
        between("--newcomers", signUps, 0, Math.min(shoppers, NEWCOMERS_MAX));
        return new JourneyPlan(shop(), shoppers, seconds, units, signUps, tokens);
    }

    private LocalShop shop() {
        if (baseUrl == null) {
            return running();
        }
        requireHttp("--base-url", baseUrl);
        URI lane = fastLaneUrl == null ? baseUrl : fastLaneUrl;
        requireHttp("--fast-lane-url", lane);
        if (adminEmail == null || adminPassword == null) {
            throw Failure.ofInput("Who makes the drop at " + baseUrl + "? Give --admin-email and --admin-password.");
        }
        if (serviceKey == null && tokens == null) {
            throw Failure.ofInput(
                    "Who shops at " + baseUrl + "? Give --service-key, or a file of tokens with --tokens.");
        }
        if (tokens != null && !Files.isReadable(tokens)) {
            throw Failure.ofInput("Cannot read the tokens in " + tokens + ".");
        }
        return new LocalShop(
                new ShopAddress(baseUrl, lane, serviceKey == null ? "" : serviceKey), adminEmail, adminPassword);
    }

    private LocalShop running() {
        try {
            LocalShop shop = LocalShop.in(new DataFolder(data).path());
            try (ShopClient client = new ShopClient(shop.address())) {
                client.login(shop.adminEmail(), shop.adminPassword());
            }
            return shop;
        } catch (ShopException e) {
            throw Failure.ofInput("No shop is running on " + new DataFolder(data).path()
                    + ": start one with ./openrun up, or name one with --base-url.");
        }
    }

    private static void requireHttp(String option, URI uri) {
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw Failure.ofInput(option + " is an address like https://shop.example.com.");
        }
    }

    private static void between(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw Failure.ofInput("%s is a whole number from %,d to %,d, not %,d.".formatted(option, min, max, value));
        }
    }
}
