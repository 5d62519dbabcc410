package io.openrun.journeys;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.UUID;

/** The steps of a journey, one request or one wait each; every wait is bounded. */
final class Steps {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL_EVERY = Duration.ofMillis(250);
    private static final Duration THINKS_AT_LEAST = Duration.ofMillis(100);
    private static final Duration THINKS_AT_MOST = Duration.ofSeconds(1);

    private Steps() {}

    static ChainBuilder think() {
        return pause(THINKS_AT_LEAST, THINKS_AT_MOST);
    }

    /** The way in without a demonstration token: sign up, read the mail, follow its link, log in. */
    static ChainBuilder signUp() {
        return exec(session -> session.set("email", "newcomer-" + UUID.randomUUID() + "@example.com")
                        .set("password", UUID.randomUUID().toString()))
                .exec(json(http("sign up").post("/api/v1/users"), """
                                {"email": "#{email}", "password": "#{password}", "name": "Newcomer"}""").check(status().is(202)))
                .exec(asLongAsDuring(session -> !session.contains("secret"), SETTLES_WITHIN)
                        .on(pause(POLL_EVERY)
                                .exec(http("read the mail")
                                        .get("/dev/inbox")
                                        .header("Accept", "application/json")
                                        .check(
                                                status().is(200),
                                                regex("\"to\":\"#{email}\"[^}]*?[?&]token=([A-Za-z0-9_.~-]+)")
                                                        .optional()
                                                        .saveAs("secret")))))
                .exec(json(http("verify the e-mail").post("/api/v1/users/verifications"), """
                                {"token": "#{secret}"}""")
                        .check(status().is(204)))
                .exec(json(http("log in").post("/api/v1/sessions"), """
                                {"email": "#{email}", "password": "#{password}"}""")
                        .check(status().is(201), jsonPath("$.accessToken").saveAs("token")));
    }

    static ChainBuilder browse() {
        return exec(http("browse the products")
                        .get("/api/v1/products?limit=20")
                        .check(status().is(200), jsonPath("$.items[0].id").exists()))
                .exec(think())
                .exec(http("read the drop")
                        .get("/api/v1/drops/#{drop}")
                        .check(status().is(200), jsonPath("$.state").in("OPEN", "SOLD_OUT")));
    }

    /** 201 leaves {@code order} and {@code sequence} in the session; a refusal is an answer and leaves {@code code}. */
    static ChainBuilder buy(String laneUrl) {
        return exec(json(shopper(http("buy").post(laneUrl + "/api/v1/drops/#{drop}/purchases")), """
                        {"quantity": 1}""")
                .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                .check(
                        status().in(201, 409, 429),
                        jsonPath("$.code")
                                .withDefault("")
                                .in("", "SOLD_OUT", "BUSY")
                                .saveAs("code"),
                        jsonPath("$.sequence").ofLong().optional().saveAs("sequence"),
                        jsonPath("$.orderId").optional().saveAs("order")));
    }

    /**
     * Reads the order until its status is no longer the given one, or it cannot be read; {@code orderStatus} says what
     * it became.
     */
    static ChainBuilder track(String name, String whileIn) {
        return exec(session -> session.set("orderStatus", whileIn))
                .exec(asLongAsDuring(
                                session -> !session.isFailed() && whileIn.equals(session.getString("orderStatus")),
                                SETTLES_WITHIN)
                        .on(exec(keepStatus(shopper(http(name).get("/api/v1/orders/#{order}")), "orderStatus"))
                                .pause(POLL_EVERY)));
    }

    static ChainBuilder enterPayment() {
        return exec(json(shopper(http("enter the payment").post("/api/v1/payments")), """
                        {"orderId": "#{order}", "method": "CARD"}""")
                .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                .check(
                        status().is(201),
                        jsonPath("$.status").is("READY"),
                        jsonPath("$.id").saveAs("payment")));
    }

    /** Confirms, and waits for the card network's word; {@code paymentStatus} says which it was. */
    static ChainBuilder confirmPayment() {
        return exec(json(shopper(http("confirm the payment").post("/api/v1/payments/#{payment}/confirm")), "{}")
                        .check(status().is(200), jsonPath("$.status").saveAs("paymentStatus")))
                .exec(asLongAsDuring(session -> "PENDING".equals(session.getString("paymentStatus")), SETTLES_WITHIN)
                        .on(pause(POLL_EVERY)
                                .exec(keepStatus(
                                        shopper(http("ask for the payment").get("/api/v1/payments/#{payment}")),
                                        "paymentStatus"))));
    }

    static ChainBuilder cancel(Journal journal) {
        return exec(json(shopper(http("cancel the order").post("/api/v1/orders/#{order}/cancel")), "{}")
                        .check(status().is(200).saveAs("cancelled")))
                .exec(session -> {
                    if (session.contains("cancelled")) {
                        journal.cancelled();
                    }
                    return session;
                });
    }

    /** Reads the shop's own count until it agrees with the journal or time is up, then once more as the verdict. */
    static ChainBuilder audit(JourneySettings settings, Journal journal) {
        return exec(json(http("log in as administrator").post("/api/v1/sessions"), """
                                {"email": "#{email}", "password": "#{password}"}""")
                        .check(status().is(201), jsonPath("$.accessToken").saveAs("token")))
                .exec(asLongAsDuring(session -> !agrees(session, journal), SETTLES_WITHIN)
                        .on(exec(shopper(http("settle").get("/api/v1/drops/#{drop}/audit"))
                                        .silent()
                                        .check(bodyString().saveAs("audit")))
                                .pause(POLL_EVERY)))
                .exec(shopper(http("audit").get("/api/v1/drops/#{drop}/audit"))
                        .check(
                                status().is(200),
                                bodyString()
                                        .transform(body -> String.join("; ", journal.findings(body)))
                                        .is("")));
    }

    private static boolean agrees(Session session, Journal journal) {
        String audit = session.getString("audit");
        return audit != null && journal.findings(audit).isEmpty();
    }

    /** Keeps the status of what was asked for, and not the one that a problem has, too. */
    private static HttpRequestActionBuilder keepStatus(HttpRequestActionBuilder request, String as) {
        return request.check(status().is(200))
                .checkIf((response, session) -> response.status().code() == 200)
                .then(jsonPath("$.status").saveAs(as));
    }

    private static HttpRequestActionBuilder shopper(HttpRequestActionBuilder request) {
        return request.header("Authorization", "Bearer #{token}");
    }

    private static HttpRequestActionBuilder json(HttpRequestActionBuilder request, String body) {
        return request.header("Content-Type", "application/json").body(StringBody(body));
    }
}
