package io.openrun.drop.admission;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemException;
import io.openrun.platform.problem.UnreadableJson;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads <code>{"quantity": n}</code>, on both ports. What honest clients send is read by a few comparisons; whatever
 * looks different is left to the shop's strict JSON reader, which knows what is wrong with it.
 */
@Component
public class PurchaseBody {

    private static final byte[] NAME = {'"', 'q', 'u', 'a', 'n', 't', 'i', 't', 'y', '"'};

    /** Nine digits fit an int. */
    private static final int MAX_DIGITS = 9;

    private static final int UNUSUAL = -1;

    private final JsonMapper json;

    PurchaseBody(JsonMapper json) {
        this.json = json;
    }

    /** The body as it is documented. */
    @Schema(name = "Purchase")
    public record Purchase(
            @Schema(description = "units wanted", minimum = "1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer quantity) {}

    /**
     * The quantity asked for, at least 1.
     *
     * @throws ProblemException 400 for anything else
     */
    public int quantity(byte[] body) {
        int usual = usual(body);
        int quantity = usual == UNUSUAL ? unusual(body) : usual;
        if (quantity < 1) {
            throw Problem.invalid("quantity", "must be at least 1").asException();
        }
        return quantity;
    }

    private int unusual(byte[] body) {
        try {
            var purchase = body.length == 0 ? null : json.readValue(body, Purchase.class);
            if (purchase == null) {
                throw Problem.of(400, "MALFORMED_JSON").asException();
            }
            if (purchase.quantity == null) {
                throw Problem.invalid("quantity", "must not be null").asException();
            }
            return purchase.quantity;
        } catch (JacksonException e) {
            throw UnreadableJson.problem(e).asException();
        }
    }

    private static int usual(byte[] body) {
        int at = skipSpace(body, 0);
        if (at >= body.length || body[at] != '{') {
            return UNUSUAL;
        }
        at = skipSpace(body, at + 1);
        for (byte expected : NAME) {
            if (at >= body.length || body[at++] != expected) {
                return UNUSUAL;
            }
        }
        at = skipSpace(body, at);
        if (at >= body.length || body[at] != ':') {
            return UNUSUAL;
        }
        at = skipSpace(body, at + 1);
        int first = at;
        int value = 0;
        while (at < body.length && body[at] >= '0' && body[at] <= '9' && at - first < MAX_DIGITS) {
            value = value * 10 + body[at++] - '0';
        }
        if (at == first || (body[first] == '0' && at - first > 1)) {
            return UNUSUAL;
        }
        at = skipSpace(body, at);
        if (at >= body.length || body[at] != '}') {
            return UNUSUAL;
        }
        return skipSpace(body, at + 1) == body.length ? value : UNUSUAL;
    }

    private static int skipSpace(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
        return at;
    }
}
