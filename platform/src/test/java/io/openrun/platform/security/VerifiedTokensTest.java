package io.openrun.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static VerifiedTokens.Digest digest(int i) {
        return VerifiedTokens.Digest.of(("token " + i).getBytes(StandardCharsets.UTF_8));
    }

    private static Caller caller(int i, Instant expiresAt) {
        return new Caller(
                new UUID(i, ~i),
                new UUID(~i, i),
                i % 2 == 0 ? Set.of("USER") : Set.of("USER", "ADMIN"),
                NOW,
                expiresAt);
    }

    @Test
    void remembersEveryTokenUpToItsBoundInAHundredBytesEach() {
        int count = 300_000;
        var tokens = new VerifiedTokens(count);

        for (int i = 0; i < count; i++) {
            tokens.remember(digest(i), caller(i, NOW.plusSeconds(900)), NOW);
        }

        long found = IntStream.range(0, count)
                .filter(i -> caller(i, NOW.plusSeconds(900)).equals(tokens.find(digest(i))))
                .count();
        // A segment that gets more than its share forgets a quarter of it.
        assertThat(found).isGreaterThan(count * 7L / 8);
        assertThat(tokens.bytes()).isLessThan(100L * count);
        assertThat(tokens.find(digest(count))).isNull();
    }

    @Test
    void forgetsSomeBeyondItsBoundAndStaysWithinIt() {
        int bound = 10_000;
        var tokens = new VerifiedTokens(bound);

        for (int i = 0; i < 20 * bound; i++) {
            tokens.remember(digest(i), caller(i, NOW.plusSeconds(900)), NOW);
        }

        assertThat(tokens.bytes()).isLessThan(100L * bound);
        long found = IntStream.range(0, 20 * bound)
                .filter(i -> tokens.find(digest(i)) != null)
                .count();
        assertThat(found).isBetween(bound / 2L, 2L * bound);
    }

    @Test
    void givesThePlaceOfExpiredTokensToNewOnes() {
        int bound = 10_000;
        var tokens = new VerifiedTokens(bound);
        for (int i = 0; i < bound / 2; i++) {
            tokens.remember(digest(i), caller(i, NOW.plusSeconds(1)), NOW);
        }

        int fresh = bound / 2;
        for (int i = fresh; i < fresh + bound * 9 / 10; i++) {
            tokens.remember(digest(i), caller(i, NOW.plusSeconds(900)), NOW.plusSeconds(2));
        }

        assertThat(IntStream.range(fresh, fresh + bound * 9 / 10)
                        .filter(i -> tokens.find(digest(i)) == null)
                        .count())
                .isLessThan(bound / 10);
    }

    @Test
    void neverMistakesOneForAnotherWhileItGrows() throws Exception {
        var tokens = new VerifiedTokens(100_000);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var works = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < 40_000; i++) {
                            int mine = (i * 7 + thread * 10_000) % 40_000;
                            var known = tokens.find(digest(mine));
                            if (known == null) {
                                tokens.remember(digest(mine), caller(mine, NOW.plusSeconds(900)), NOW);
                            } else {
                                assertThat(known).isEqualTo(caller(mine, NOW.plusSeconds(900)));
                            }
                        }
                        return true;
                    }))
                    .toList();
            for (var work : works) {
                assertThat(work.get()).isTrue();
            }
        }
    }
}
