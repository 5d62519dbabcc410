package io.openrun.journeys;

import java.time.Duration;
import java.util.Objects;

/**
 * What {@code ./openrun gatling} was asked for; secrets come from the environment, where no process list shows them.
 *
 * @param baseUrl the shop, without a slash at the end
 * @param laneUrl where purchases are answered fastest
 * @param tokens a CSV file: a heading, then one access token a line
 * @param shoppers how many arrive in all, newcomers included
 * @param lasting how long they take to arrive
 * @param newcomers how many of them sign up first, and read their mail in the shop's development inbox
 */
record JourneySettings(
        String baseUrl,
        String laneUrl,
        String adminEmail,
        String adminPassword,
        String tokens,
        int shoppers,
        Duration lasting,
        int stock,
        int newcomers) {

    private static final int RAMP_SHARE = 10;

    static JourneySettings given() {
        return new JourneySettings(
                property("base-url"),
                property("fast-lane-url"),
                property("admin-email"),
                Objects.requireNonNullElse(System.getenv("OPENRUN_ADMIN_PASSWORD"), ""),
                property("tokens"),
                Integer.parseInt(property("shoppers")),
                Duration.ofSeconds(Long.parseLong(property("seconds"))),
                Integer.parseInt(property("stock")),
                Integer.parseInt(property("newcomers")));
    }

    /**
     * The first tenth of the time, in which shoppers arrive at half the rate. Whole seconds: of a part of one Gatling
     * forgets the shoppers.
     */
    Duration ramp() {
        return Duration.ofSeconds(Math.max(1, lasting.toSeconds() / RAMP_SHARE));
    }

    /** As many as arrive at half the rate in that time. */
    int rampShoppers() {
        return Math.max(1, (int) (shoppers * ramp().toSeconds() / (2 * lasting.toSeconds() - ramp().toSeconds())));
    }

    @Override
    public String toString() {
        return baseUrl;
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty("journey." + name), () -> "journey." + name + " is not set");
    }
}
