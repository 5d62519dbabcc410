package io.openrun.stock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gates of stocks in Redis. A gate counts how many units may still be asked for; it may be wrong, forgotten or away
 * at any time. Each opening is an epoch of its own, and what was claimed in one is settled in that one or not at all.
 */
final class Gates {

    private static final Logger log = LoggerFactory.getLogger(Gates.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final String CLAIM = script("gate-claim.lua");
    private static final String OPEN = script("gate-open.lua");
    private static final String REPORT = script("gate-report.lua");

    private final RedisConnection connection;
    private final Function<StockId, OptionalLong> remaining;
    private final Map<StockId, Integer> closing = new ConcurrentHashMap<>();

    /**
     * Gates.
     *
     * @param remaining what the database says remains of a stock; empty if there is no such stock
     */
    Gates(RedisConnection connection, Function<StockId, OptionalLong> remaining) {
        this.connection = connection;
        this.remaining = remaining;
    }

    /**
     * What a gate said to a batch.
     *
     * @param soldOut whether the database has said within the last second that nothing is left
     * @param grants one character per request, {@code 1} for leave to ask the database
     */
    record Claim(String epoch, boolean soldOut, String grants) {

        boolean granted(int request) {
            return grants.charAt(request) == '1';
        }
    }

    /** Claims for all of them in one call, opening the gate if it is closed; null if it has to be done without. */
    @Nullable
    Claim claim(StockId stock, List<Ask.ToHold> asks) {
        RedissonClient redis = connection.connected();
        if (redis == null) {
            return null;
        }
        boolean current = !closing.containsKey(stock);
        try {
            Claim claim = tryClaim(redis, stock, asks, current);
            if (claim == null && open(redis, stock)) {
                claim = tryClaim(redis, stock, asks, current);
            }
            return claim;
        } catch (StockAccessException e) {
            log.warn("a gate was not opened: {}", e.getMessage());
            return null;
        } catch (RuntimeException e) {
            connection.leaveAlone(e);
            return null;
        }
    }

    private @Nullable Claim tryClaim(RedissonClient redis, StockId stock, List<Ask.ToHold> asks, boolean current) {
        Object[] arguments = new Object[asks.size() + 1];
        arguments[0] = IDLE.toMillis();
        for (int i = 0; i < asks.size(); i++) {
            arguments[i + 1] = asks.get(i).request.quantity();
        }
        List<String> answer =
                scripts(redis).eval(RScript.Mode.READ_WRITE, CLAIM, RScript.ReturnType.LIST, keys(stock), arguments);
        return answer.isEmpty()
                ? null
                : new Claim(answer.get(0), current && answer.get(1).equals("1"), answer.get(2));
    }

    private boolean open(RedissonClient redis, StockId stock) {
        OptionalLong units = remaining.apply(stock);
        if (units.isEmpty()) {
            return false;
        }
        scripts(redis)
                .<Long>eval(
                        RScript.Mode.READ_WRITE,
                        OPEN,
                        RScript.ReturnType.LONG,
                        keys(stock),
                        UUID.randomUUID().toString(),
                        units.getAsLong(),
                        IDLE.toMillis());
        return true;
    }

    /** Tells the gate what became of a batch; does not wait. */
    void report(StockId stock, String epoch, Duration soldOutFor, boolean wronglyRefused, long unsold) {
        RedissonClient redis = connection.current();
        if (redis == null) {
            return;
        }
        try {
            scripts(redis)
                    .evalAsync(
                            RScript.Mode.READ_WRITE,
                            REPORT,
                            RScript.ReturnType.LONG,
                            keys(stock),
                            epoch,
                            Math.max(0, soldOutFor.toMillis()),
                            wronglyRefused ? 1 : 0,
                            unsold)
                    .whenComplete((done, failure) -> note(failure));
        } catch (RuntimeException e) {
            connection.leaveAlone(e);
        }
    }

    /**
     * The stock has been restocked or has other terms: closes its gate, without waiting. Until that is done nothing the
     * gate says about it is believed here, so that who has returned a unit may buy it at once.
     */
    void close(StockId stock) {
        RedissonClient redis = connection.current();
        if (redis == null) {
            return;
        }
        closing.merge(stock, 1, Integer::sum);
        try {
            redis.getKeys().deleteAsync(gate(stock), mark(stock)).whenComplete((done, failure) -> {
                closed(stock);
                note(failure);
            });
        } catch (RuntimeException e) {
            closed(stock);
            connection.leaveAlone(e);
        }
    }

    private void closed(StockId stock) {
        closing.computeIfPresent(stock, (key, count) -> count == 1 ? null : count - 1);
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null) {
            connection.leaveAlone(failure);
        }
    }

    private static RScript scripts(RedissonClient redis) {
        return redis.getScript(StringCodec.INSTANCE);
    }

    private List<Object> keys(StockId stock) {
        return List.of(gate(stock), mark(stock));
    }

    private String gate(StockId stock) {
        return connection.key(stock, "gate");
    }

    private String mark(StockId stock) {
        return connection.key(stock, "sold-out");
    }

    private static String script(String name) {
        try (InputStream file = Gates.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
