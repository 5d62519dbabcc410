package io.openrun.platform.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, before it is put into words: a status, a stable code that clients switch on, and what else helps.
 * The words come from {@code problems.properties} under the code, in the caller's language.
 *
 * @param code UPPER_SNAKE, stable
 * @param arguments fill the message's {@code {0}}, {@code {1}} …
 * @param extra further members of the answer, for example {@code opensAt}
 */
public record Problem(int status, String code, List<Object> arguments, Map<String, Object> extra) {

    /** A problem without further members. */
    public static Problem of(int status, String code, Object... arguments) {
        return new Problem(status, code, List.of(arguments), Map.of());
    }

    /** 400: malformed or invalid. */
    public static Problem invalid(String field, String message) {
        return of(400, "VALIDATION_FAILED").with("errors", List.of(new FieldError(field, message)));
    }

    /** 404: not there, or not yours. */
    public static Problem notFound() {
        return of(404, "NOT_FOUND");
    }

    /** 409: the thing's state does not allow it. */
    public static Problem conflict(String code, Object... arguments) {
        return of(409, code, arguments);
    }

    /** 503 or 429 with when to try again. */
    public static Problem busy(int status, Duration retryAfter) {
        return of(status, "BUSY").with("retryAfterMs", retryAfter.toMillis());
    }

    /** The same problem with one more member. */
    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(extra);
        more.put(name, value);
        return new Problem(status, code, arguments, more);
    }

    /** Ends the request with this problem. For the web edge only. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** One invalid field. */
    public record FieldError(String field, String message) {}

    /** The code of what is refused for a reason that only its status tells. */
    public static String codeOf(int status) {
        return switch (status) {
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 406 -> "NOT_ACCEPTABLE";
            case 408 -> "REQUEST_TOO_SLOW";
            case 413 -> "PAYLOAD_TOO_LARGE";
            case 415 -> "UNSUPPORTED_MEDIA_TYPE";
            case 503 -> "BUSY";
            default -> status < 500 ? "BAD_REQUEST" : "INTERNAL_ERROR";
        };
    }
}
