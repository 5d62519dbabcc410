package io.openrun.platform.idempotency;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.schema.ServiceSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * One effect per {@code Idempotency-Key}, user and route. The answer is stored in the transaction of its effect, and
 * is given again with its status, its {@code Location}, every byte of its body, and {@code Idempotency-Replayed: true}.
 * Answers that took nothing (4xx) are not kept: a repeated request is then judged anew.
 *
 * <p>The service's schema needs the table of {@code classpath:db/idempotency}.
 */
public final class IdempotentRequests {

    /** The request header. */
    public static final String HEADER = "Idempotency-Key";

    /** The response header of an answer that is given again. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final String schema;

    /** Keeps answers in this schema. */
    public IdempotentRequests(
            PlatformTransactionManager transactions, JdbcTemplate jdbc, JsonMapper json, ServiceSchema schema) {
        this.transaction = new TransactionTemplate(transactions);
        this.jdbc = jdbc;
        this.json = json;
        this.schema = schema.name();
    }

    /**
     * Runs the effect in a transaction, once per key.
     *
     * @param key the header's value, or null when there is none: then the effect simply runs
     * @param route for example {@code POST /points/charges}
     * @param body the request, for the fingerprint
     * @param effect does the work and answers; an answer of 400 or above rolls back
     * @throws io.openrun.platform.problem.ProblemException 400, 409 or 422 about the key
     */
    public ResponseEntity<?> once(
            @Nullable String key, UUID userId, String route, Object body, Supplier<ResponseEntity<?>> effect) {
        refuseMalformed(key);
        var answer = transaction.execute(status -> {
            var result = key == null ? effect.get() : keyed(key, userId, route, fingerprint(json, body), effect);
            if (result.getStatusCode().isError()) {
                status.setRollbackOnly();
            }
            return result;
        });
        return java.util.Objects.requireNonNull(answer);
    }

    /**
     * Refuses a malformed key, for requests that do something before they come to {@link #once}.
     *
     * @throws io.openrun.platform.problem.ProblemException 400
     */
    public static void refuseMalformed(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw Problem.of(400, "IDEMPOTENCY_KEY_INVALID").asException();
        }
    }

    private ResponseEntity<?> keyed(
            String key, UUID userId, String route, String fingerprint, Supplier<ResponseEntity<?>> effect) {
        // The advisory lock ends with the transaction; whoever does not get it has met a request in flight.
        if (!Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))",
                Boolean.class,
                userId + "|" + route + "|" + key))) {
            throw Problem.conflict("IDEMPOTENCY_IN_FLIGHT")
                    .with("retryAfterMs", 100L)
                    .asException();
        }
        List<Stored> earlier = jdbc.query(
                "SELECT fingerprint, status, location, body FROM %s.idempotency WHERE user_id = ? AND route = ? AND key = ?"
                        .formatted(schema),
                (row, n) -> new Stored(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)),
                userId,
                route,
                key);
        if (!earlier.isEmpty()) {
            return earlier.getFirst().replay(fingerprint);
        }
        var answer = effect.get();
        if (answer.getStatusCode().isError()) {
            return answer;
        }
        var text = json.writeValueAsString(answer.getBody());
        jdbc.update(
                """
                INSERT INTO %s.idempotency (user_id, route, key, fingerprint, status, location, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """.formatted(schema),
                userId,
                route,
                key,
                fingerprint,
                answer.getStatusCode().value(),
                answer.getHeaders().getFirst(HttpHeaders.LOCATION),
                text);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .contentType(MediaType.APPLICATION_JSON)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells one request from another: the same body has the same fingerprint. */
    public static String fingerprint(JsonMapper json, Object body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Stored(
            String fingerprint, int status, @Nullable String location, String body) {

        ResponseEntity<?> replay(String fingerprintNow) {
            if (!fingerprint.equals(fingerprintNow)) {
                throw Problem.of(422, "IDEMPOTENCY_KEY_REUSED").asException();
            }
            var answer = ResponseEntity.status(status).header(REPLAYED, "true");
            if (location != null) {
                answer.header(HttpHeaders.LOCATION, location);
            }
            return answer.contentType(MediaType.APPLICATION_JSON).body(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
