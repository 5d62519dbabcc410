package io.openrun.drop.purchase;

import io.openrun.drop.engine.DatabaseClock;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.Problems;
import io.openrun.stock.HoldResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns outcomes into HTTP: the one place where a purchase's answers are written, for both ports. Refusals are the
 * same for everybody, so their bytes are kept.
 */
@Component
public class PurchaseAnswers {

    /** Refusals differ by drop, language and a few numbers; more than this and the memory starts anew. */
    private static final int MAX_KEPT = 10_000;

    /** Stands for the time in a kept refusal. */
    private static final String TIME = "@time@";

    private final Problems problems;
    private final JsonMapper json;
    private final DatabaseClock clock;
    private final Map<Refusal, Answer> kept = new ConcurrentHashMap<>();
    private final Map<Refusal, String> keptWithTime = new ConcurrentHashMap<>();

    PurchaseAnswers(Problems problems, JsonMapper json, DatabaseClock clock) {
        this.problems = problems;
        this.json = json;
        this.clock = clock;
    }

    /** The answer to a purchase in that drop. */
    public Answer answer(UUID drop, PurchaseOutcome outcome, Locale language) {
        return switch (outcome) {
            case PurchaseOutcome.Decided(DropTerms terms, HoldResult result) -> answer(terms, result, language);
            case PurchaseOutcome.Cancelled(DropTerms terms) -> refusal(drop, language, "DROP_CLOSED", 0, 0);
            case PurchaseOutcome.NoDrop() -> problem(Problem.notFound(), language, path(drop));
            case PurchaseOutcome.Busy(Duration retryAfter) -> busy(drop, language, retryAfter);
        };
    }

    private Answer answer(DropTerms terms, HoldResult result, Locale language) {
        return switch (result) {
            case HoldResult.Held(var hold) -> new Answer(201, "HELD", HoldJson.write(terms, hold), null, false, 0);
            case HoldResult.Replayed(var hold) ->
                new Answer(201, "REPLAYED", HoldJson.write(terms, hold), null, true, 0);
            case HoldResult.SoldOut() -> refusal(terms.id(), language, "SOLD_OUT", 0, 0);
            case HoldResult.LimitReached(int limit, int taken) ->
                refusal(terms.id(), language, "PURCHASE_LIMIT_REACHED", limit, taken);
            case HoldResult.NotOpen(Instant opensAt) -> notOpen(terms, language, opensAt);
            case HoldResult.Closed(Instant closedAt) -> refusal(terms.id(), language, "DROP_CLOSED", 0, 0);
            case HoldResult.KeyReused() ->
                problem(Problem.of(422, "IDEMPOTENCY_KEY_REUSED"), language, path(terms.id()));
            case HoldResult.Busy(Duration retryAfter) -> busy(terms.id(), language, retryAfter);
            case HoldResult.UnknownStock() -> problem(Problem.notFound(), language, path(terms.id()));
        };
    }

    /** Any other problem, in the same form. */
    public Answer problem(Problem problem, Locale language, String path) {
        long retryAfterMillis = problem.extra().get("retryAfterMs") instanceof Long millis ? millis : 0;
        var body = json.writeValueAsBytes(problems.members(problem, language, path));
        return new Answer(problem.status(), problem.code(), body, language, false, retryAfterMillis);
    }

    /** Where purchases of that drop are made. */
    public static String path(UUID drop) {
        return "/api/v1/drops/" + drop + "/purchases";
    }

    private Answer busy(UUID drop, Locale language, Duration retryAfter) {
        return refusal(drop, language, "BUSY", retryAfter.toMillis(), 0);
    }

    private Answer refusal(UUID drop, Locale language, String code, long first, long second) {
        var refusal = new Refusal(drop, language, code, first, second);
        var answer = kept.get(refusal);
        if (answer != null) {
            return answer;
        }
        var problem = code.equals("BUSY")
                ? Problem.busy(429, Duration.ofMillis(first))
                : Problem.conflict(code, first, second);
        if (code.equals("PURCHASE_LIMIT_REACHED")) {
            problem = problem.with("limit", first).with("taken", second);
        }
        var written = problem(problem, language, path(drop));
        keep(kept, refusal, written);
        return written;
    }

    private Answer notOpen(DropTerms terms, Locale language, Instant opensAt) {
        var refusal = new Refusal(terms.id(), language, "DROP_NOT_OPEN", opensAt.getEpochSecond(), opensAt.getNano());
        var text = keptWithTime.get(refusal);
        if (text == null) {
            var problem = Problem.conflict("DROP_NOT_OPEN", opensAt)
                    .with("opensAt", opensAt)
                    .with("serverTime", TIME);
            text = new String(problem(problem, language, path(terms.id())).body(), StandardCharsets.UTF_8);
            keep(keptWithTime, refusal, text);
        }
        // The engine has just found that it is before the opening; our reading of its clock must not say otherwise.
        var now = clock.now();
        var serverTime = now.isBefore(opensAt) ? now : opensAt.minusMillis(1);
        var body = text.replace(TIME, serverTime.toString()).getBytes(StandardCharsets.UTF_8);
        return new Answer(409, "DROP_NOT_OPEN", body, language, false, 0);
    }

    private static <T> void keep(Map<Refusal, T> memory, Refusal refusal, T answer) {
        if (memory.size() >= MAX_KEPT) {
            memory.clear();
        }
        memory.put(refusal, answer);
    }

    private record Refusal(UUID drop, Locale language, String code, long first, long second) {}
}
