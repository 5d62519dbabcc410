package io.openrun.user.demo;

import io.openrun.user.account.PersonalText;
import io.openrun.user.token.AccessTokens;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A crowd of verified shoppers with tokens, for load tests. Shopper {@code i} is always the same person; the tokens are
 * new each time and good for a day. Written as they are signed, a few thousand lines in memory at most.
 */
@Component
@ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
class DemoShoppers {

    /** The largest crowd. */
    static final int MAX_COUNT = 1_000_000;

    private static final int CHUNK = 2_000;
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);

    /** UUIDv7 of the first moment of 2025, then the shopper's number. */
    private static final long FIRST_BITS =
            (Instant.parse("2025-01-01T00:00:00Z").toEpochMilli() << 16) | 0x7000L;

    private static final long VARIANT_BITS = 0x8000_0000_0000_0000L;

    private final JdbcClient jdbc;
    private final AccessTokens tokens;
    private final byte[] name;
    private final Clock clock = Clock.systemUTC();

    DemoShoppers(JdbcClient jdbc, AccessTokens tokens, PersonalText personal) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.name = Objects.requireNonNull(personal.convertToDatabaseColumn("Demo Shopper"));
    }

    /** Writes {@code userId accessToken} lines. */
    void write(int count, OutputStream out) throws IOException {
        int ahead = Runtime.getRuntime().availableProcessors() + 1;
        var underWay = new ArrayDeque<Future<byte[]>>();
        try (var signers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("demo-shoppers-", 0).factory())) {
            for (int from = 0; from < count; from += CHUNK) {
                underWay.add(begin(signers, from, Math.min(count, from + CHUNK)));
                if (underWay.size() > ahead) {
                    out.write(finished(underWay.remove()));
                }
            }
            for (var last : underWay) {
                out.write(finished(last));
            }
        }
    }

    private Future<byte[]> begin(ExecutorService signers, int from, int to) {
        return signers.submit(() -> {
            var ids = new UUID[to - from];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = new UUID(FIRST_BITS, VARIANT_BITS | (from + i));
            }
            signUp(ids, from);
            return lines(ids);
        });
    }

    /** Nobody can sign in as one of them: no password has the hash {@code !}. */
    private void signUp(UUID[] ids, int from) {
        jdbc.sql("""
                        insert into users.account (id, email, password_hash, name, role, verified_at, created_at)
                        select id, 'shopper-' || (:from + n) || '@demo.openrun.local', '!', :name, 'USER', now(), now()
                        from unnest(:ids::uuid[]) with ordinality as shopper (id, n)
                        on conflict do nothing""").param("from", from).param("name", name).param("ids", ids).update();
    }

    private byte[] lines(UUID[] ids) {
        var now = clock.instant();
        var lines = new StringBuilder(ids.length * 480);
        var random = ThreadLocalRandom.current();
        for (var id : ids) {
            var session = new UUID(
                    (now.toEpochMilli() << 16) | 0x7000L | random.nextInt(0x1000),
                    VARIANT_BITS | (random.nextLong() >>> 2));
            lines.append(id)
                    .append(' ')
                    .append(tokens.sign(new AccessTokens.Claims(id, session, "USER", now, TOKEN_LIFE)))
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] finished(Future<byte[]> chunk) throws IOException {
        try {
            return chunk.get();
        } catch (ExecutionException e) {
            throw new IOException("could not make shoppers", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while making shoppers", e);
        }
    }
}
