package io.openrun.journeys;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;

/**
 * Shoppers arrive on their own schedule, whatever the shop's answers take (open loop), and go the whole way: token or
 * sign-up, browse, drop, buy, pay, track, cancel. An auditor comes after the last of them. The run fails when a request
 * failed or when the shop's count of the drop is not what the shoppers were told.
 */
public final class JourneySimulation extends Simulation {

    /** Of twenty buyers in the line four leave at entering, four at confirming, and one cancels what was paid. */
    private static final int LINE = 20;

    private static final int LEAVE_AT_ENTERING = 4;
    private static final int LEAVE_AT_CONFIRMING = 8;
    private static final int CANCELS = 8;

    private final JourneySettings settings = JourneySettings.given();
    private final Journal journal = new Journal(settings.stock());
    private String drop = "";

    /** Injects the shoppers, and after them the auditor. */
    public JourneySimulation() {
        HttpProtocolBuilder shop = http.baseUrl(settings.baseUrl())
                .acceptHeader("application/json, application/problem+json")
                .userAgentHeader("openrun-journeys");
        setUp(shoppers()
                        .injectOpen(
                                rampUsers(settings.rampShoppers()).during(settings.ramp()),
                                rampUsers(settings.shoppers() - settings.rampShoppers())
                                        .during(settings.lasting().minus(settings.ramp())))
                        .andThen(auditor().injectOpen(atOnceUsers(1))))
                .protocols(shop)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("audit").successfulRequests().count().is(1L));
    }

    @Override
    public void before() {
        drop = new Shopkeeper(settings).openDrop();
    }

    @Override
    public void after() {
        System.out.print(journal.summary());
    }

    private ScenarioBuilder shoppers() {
        return scenario("Shoppers")
                .exec(session -> session.set("drop", drop).set("newcomer", journal.arrival() <= settings.newcomers()))
                .exec(doIfOrElse(session -> session.getBoolean("newcomer"))
                        .then(Steps.signUp())
                        .orElse(feed(csv(settings.tokens()).queue())))
                .exec(exitHereIfFailed())
                .exec(Steps.browse())
                .exec(Steps.think())
                // Whoever could not look may still buy; that a request failed is in the report.
                .exec(Session::markAsSucceeded)
                .exec(Steps.buy(settings.laneUrl()))
                .exec(this::note)
                .exec(doIf(session -> !session.isFailed() && session.contains("order"))
                        .then(checkOut()));
    }

    private ScenarioBuilder auditor() {
        return scenario("Auditor")
                .exec(session -> session.set("drop", drop)
                        .set("email", settings.adminEmail())
                        .set("password", settings.adminPassword()))
                .exec(Steps.audit(settings, journal));
    }

    private ChainBuilder checkOut() {
        return exec(Steps.track("track the order", "PROCESSING"))
                .exec(exitHereIfFailed())
                .exec(Steps.think())
                .exec(doIfOrElse(session -> place(session) < LEAVE_AT_ENTERING)
                        .then(end("left at entering"))
                        .orElse(enter()));
    }

    private ChainBuilder enter() {
        return exec(Steps.enterPayment())
                .exec(exitHereIfFailed())
                .exec(Steps.think())
                .exec(doIfOrElse(session -> place(session) < LEAVE_AT_CONFIRMING)
                        .then(end("left at confirming"))
                        .orElse(confirm()));
    }

    private ChainBuilder confirm() {
        return exec(Steps.confirmPayment())
                .exec(exitHereIfFailed())
                .exec(Steps.track("track the order", "PENDING_PAYMENT"))
                .exec(exitHereIfFailed())
                .exec(session -> {
                    if ("SUCCEEDED".equals(session.getString("paymentStatus"))
                            != "PAID".equals(session.getString("orderStatus"))) {
                        journal.wrong("a payment %s and its order %s"
                                .formatted(session.getString("paymentStatus"), session.getString("orderStatus")));
                    }
                    return session;
                })
                .exec(doIf(session -> place(session) == CANCELS && "PAID".equals(session.getString("orderStatus")))
                        .then(Steps.think(), Steps.cancel(journal), Steps.track("track the order", "PAID")))
                .exec(session -> {
                    journal.ended("order " + session.getString("orderStatus"));
                    return session;
                });
    }

    private ChainBuilder end(String how) {
        return exec(session -> {
            journal.ended(how);
            return session;
        });
    }

    private Session note(Session session) {
        if (session.isFailed()) {
            journal.ended("without an answer");
        } else if (session.contains("order")) {
            journal.bought(session.getLong("sequence"));
        } else {
            journal.ended("refused " + session.getString("code"));
        }
        return session;
    }

    private static long place(Session session) {
        return session.getLong("sequence") % LINE;
    }
}
