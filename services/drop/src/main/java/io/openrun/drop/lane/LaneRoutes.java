package io.openrun.drop.lane;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.openrun.drop.admission.Languages;
import io.openrun.drop.admission.PurchaseBody;
import io.openrun.drop.admission.SlowPath;
import io.openrun.drop.lane.LanePath.Place;
import io.openrun.drop.purchase.Answer;
import io.openrun.drop.purchase.MyPurchases;
import io.openrun.drop.purchase.PurchaseAnswers;
import io.openrun.drop.purchase.PurchaseDrop;
import io.openrun.drop.schedule.ReadDrops;
import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemException;
import io.openrun.platform.security.Caller;
import io.openrun.platform.security.TokenVerdict;
import io.openrun.platform.security.TokenVerifier;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HolderId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the lane does with a request: find out where it goes and who sends it, then buy or show. Runs on event loops
 * and never blocks them; what may block runs on the {@link SlowPath} and comes back through the {@link LoopOutbox}.
 */
@Component
class LaneRoutes {

    private static final Logger log = LoggerFactory.getLogger(LaneRoutes.class);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final String BEARER = "Bearer ";
    private static final String JSON = "application/json";
    private static final byte[] UP = "{\"status\":\"UP\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final String PREFLIGHT = String.join(
            "\r\n",
            "access-control-allow-methods: GET, POST",
            "access-control-allow-headers: Authorization, Content-Type, Idempotency-Key, Accept-Language, X-Request-Id",
            "access-control-max-age: 3600",
            "");

    private final TokenVerifier tokens;
    private final PurchaseBody purchaseBody;
    private final PurchaseDrop purchaseDrop;
    private final PurchaseAnswers answers;
    private final MyPurchases myPurchases;
    private final ReadDrops drops;
    private final SlowPath slowPath;
    private final LaneMetrics metrics;
    private final JsonMapper json;
    private final Languages languages = new Languages();
    private volatile boolean open;

    LaneRoutes(
            TokenVerifier tokens,
            PurchaseBody purchaseBody,
            PurchaseDrop purchaseDrop,
            PurchaseAnswers answers,
            MyPurchases myPurchases,
            ReadDrops drops,
            SlowPath slowPath,
            LaneMetrics metrics,
            JsonMapper json) {
        this.tokens = tokens;
        this.purchaseBody = purchaseBody;
        this.purchaseDrop = purchaseDrop;
        this.answers = answers;
        this.myPurchases = myPurchases;
        this.drops = drops;
        this.slowPath = slowPath;
        this.metrics = metrics;
        this.json = json;
    }

    void open() {
        open = true;
    }

    void close() {
        open = false;
    }

    LaneMetrics metrics() {
        return metrics;
    }

    Locale language(HttpRequest request) {
        return languages.of(request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE));
    }

    Answer problem(Exchange exchange, Problem problem) {
        return answers.problem(problem, exchange.language, exchange.path);
    }

    /** A whole request is there. Answers it, or sees to it that it will be. */
    void begin(Exchange exchange) {
        var place = LanePath.of(exchange.path);
        if (place == Place.NOWHERE) {
            exchange.answer(problem(exchange, Problem.notFound()));
            return;
        }
        var method = exchange.request.method();
        if (method.equals(HttpMethod.OPTIONS)) {
            exchange.extraHeader = allow(place) + PREFLIGHT;
            exchange.answer(plain(204, NOTHING));
            return;
        }
        if (!method.name().equals(place.method())) {
            exchange.extraHeader = allow(place);
            exchange.answer(problem(exchange, Problem.of(405, "METHOD_NOT_ALLOWED")));
            return;
        }
        exchange.drop = LanePath.drop(exchange.path);
        switch (place) {
            case HEALTH -> exchange.answer(open ? plain(200, UP) : problem(exchange, Problem.busy(503, TRY_AGAIN)));
            case DROP -> show(exchange, () -> drops.one(dropOf(exchange)));
            case PURCHASES, MINE -> identify(exchange);
            case NOWHERE -> throw new IllegalStateException("answered above");
        }
    }

    private static String allow(Place place) {
        return "allow: " + place.method() + ", OPTIONS\r\n";
    }

    /** Something was found out elsewhere: goes on from there. */
    void proceed(Exchange exchange) {
        if (exchange.answer != null) {
            return;
        }
        if (exchange.outcome != null) {
            exchange.answer(answers.answer(dropOf(exchange), exchange.outcome, exchange.language));
        } else if (exchange.verdict != null) {
            admit(exchange, exchange.verdict);
        }
    }

    private void identify(Exchange exchange) {
        var authorization = exchange.request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization == null) {
            refuse(exchange, "UNAUTHENTICATED", "Bearer");
            return;
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            refuse(exchange, "UNAUTHENTICATED", "Bearer error=\"invalid_token\"");
            return;
        }
        var token = authorization.substring(BEARER.length()).strip();
        var verdict = tokens.recall(token);
        if (verdict != null) {
            admit(exchange, verdict);
            return;
        }
        elsewhere(exchange, () -> exchange.verdict = tokens.verify(token));
    }

    private void admit(Exchange exchange, TokenVerdict verdict) {
        switch (verdict) {
            case TokenVerdict.Verified(Caller caller) -> serve(exchange, new HolderId(caller.userId()));
            case TokenVerdict.Refused(TokenVerdict.Reason reason) -> {
                switch (reason) {
                    case EXPIRED -> refuse(exchange, "TOKEN_EXPIRED", "Bearer error=\"invalid_token\"");
                    case INVALID -> refuse(exchange, "UNAUTHENTICATED", "Bearer error=\"invalid_token\"");
                    case REVOKED -> refuse(exchange, "SESSION_ENDED", "Bearer error=\"invalid_token\"");
                    case UNKNOWN_YET -> exchange.answer(problem(exchange, Problem.busy(503, TRY_AGAIN)));
                }
            }
        }
    }

    private void refuse(Exchange exchange, String code, String challenge) {
        exchange.extraHeader = "www-authenticate: " + challenge + "\r\n";
        exchange.answer(problem(exchange, Problem.of(401, code)));
    }

    private void serve(Exchange exchange, HolderId holder) {
        var place = LanePath.of(exchange.path);
        if (exchange.drop == null) {
            exchange.answer(problem(exchange, Problem.notFound()));
        } else if (place == Place.MINE) {
            mine(exchange, holder);
        } else {
            purchase(exchange, holder);
        }
    }

    private void mine(Exchange exchange, HolderId buyer) {
        MyPurchases.Part part;
        try {
            var query = new LaneQuery(exchange.request.uri());
            part = MyPurchases.Part.of(query.first("limit"), query.first("cursor"));
        } catch (ProblemException e) {
            exchange.answer(problem(exchange, e.problem()));
            return;
        }
        show(exchange, () -> myPurchases.of(buyer, dropOf(exchange), part));
    }

    private void purchase(Exchange exchange, HolderId buyer) {
        var headers = exchange.request.headers();
        var key = headers.get(IdempotentRequests.HEADER);
        if (!isJson(headers.get(HttpHeaderNames.CONTENT_TYPE))) {
            exchange.answer(problem(exchange, Problem.of(415, "UNSUPPORTED_MEDIA_TYPE")));
            return;
        }
        if (key != null && !HoldRequest.isKey(key)) {
            exchange.answer(problem(exchange, Problem.of(400, "IDEMPOTENCY_KEY_INVALID")));
            return;
        }
        int quantity;
        try {
            quantity = purchaseBody.quantity(exchange.body);
        } catch (ProblemException e) {
            exchange.answer(problem(exchange, e.problem()));
            return;
        }
        var outcome = purchaseDrop.purchase(buyer, dropOf(exchange), quantity, key);
        if (outcome.isDone() && !outcome.isCompletedExceptionally()) {
            exchange.outcome = outcome.join();
            proceed(exchange);
            return;
        }
        var _ = outcome.whenComplete((decided, bug) -> {
            exchange.outcome = decided;
            if (bug != null) {
                log.error("a purchase failed", bug);
                exchange.answer = problem(exchange, Problem.of(500, "INTERNAL_ERROR"));
            }
            exchange.connection.outbox().add(exchange);
        });
    }

    /** Reads something and shows it as JSON; nothing is 404. */
    private void show(Exchange exchange, Supplier<Optional<?>> reading) {
        if (exchange.drop == null) {
            exchange.answer(problem(exchange, Problem.notFound()));
            return;
        }
        elsewhere(
                exchange,
                () -> exchange.answer = reading.get()
                        .map(found -> plain(200, json.writeValueAsBytes(found)))
                        .orElseGet(() -> problem(exchange, Problem.notFound())));
    }

    /** Runs what may block, and comes back. */
    private void elsewhere(Exchange exchange, Runnable task) {
        try {
            slowPath.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.warn("{} could not be answered: {}", exchange.path, e.toString());
                    exchange.answer = problem(exchange, Problem.busy(503, TRY_AGAIN));
                }
                exchange.connection.outbox().add(exchange);
            });
        } catch (RejectedExecutionException full) {
            exchange.answer(problem(exchange, Problem.busy(429, TRY_AGAIN)));
        }
    }

    private static UUID dropOf(Exchange exchange) {
        return Objects.requireNonNull(exchange.drop);
    }

    private static Answer plain(int status, byte[] body) {
        return new Answer(status, "SHOWN", body, null, false, 0);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.regionMatches(true, 0, JSON, 0, JSON.length())
                && (contentType.length() == JSON.length() || " ;".indexOf(contentType.charAt(JSON.length())) >= 0);
    }
}
