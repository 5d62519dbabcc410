package io.openrun.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.openrun.contracts.SessionEvent.AllSessionsRevoked;
import io.openrun.contracts.SessionEvent.SessionRevoked;
import io.openrun.platform.security.TokenVerdict.Reason;
import io.openrun.platform.security.TokenVerdict.Refused;
import io.openrun.platform.security.TokenVerdict.Verified;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private final TestTokens tokens = new TestTokens();
    private final AtomicInteger readings = new AtomicInteger();
    private final Revocations revocations = new Revocations(Clock.systemUTC(), Duration.ofMinutes(15));
    private final TokenVerifier verifier = verifierAt(Clock.systemUTC());

    private TokenVerifier verifierAt(Clock clock) {
        var keys = new SigningKeys(
                () -> {
                    readings.incrementAndGet();
                    return tokens.keySet();
                },
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));
        return new TokenVerifier(keys, revocations, 10_000, clock);
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }

    @Test
    void tellsWhoseTokenItIs() {
        var userId = UUID.randomUUID();
        var token = tokens.signed(
                tokens.claims().subject(userId.toString()).claim("roles", List.of("USER", "ADMIN", "WIZARD")));

        assertThat(verifier.recall(token)).isNull();
        for (int i = 0; i < 2; i++) {
            assertThat(verifier.verify(token)).isInstanceOfSatisfying(Verified.class, verified -> {
                assertThat(verified.caller().userId()).isEqualTo(userId);
                assertThat(verified.caller().roles()).isEqualTo(Set.of("USER", "ADMIN"));
            });
        }
        assertThat(verifier.recall(token)).isEqualTo(verifier.verify(token));
    }

    @Test
    void refusesTokensThatNobodySigned() {
        var unsigned = new PlainJWT(tokens.claims().build()).serialize();

        assertThat(verifier.verify(unsigned)).isEqualTo(refused(Reason.INVALID));
        assertThat(verifier.verify(unsigned + "AAAA")).isEqualTo(refused(Reason.INVALID));
    }

    @Test
    void refusesTheirPublicKeyUsedAsASecret() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(tokens.key.getKeyID())
                        .build(),
                tokens.claims().build());
        jwt.sign(new MACSigner(tokens.key.toECPublicKey().getEncoded()));

        assertThat(verifier.verify(jwt.serialize())).isEqualTo(refused(Reason.INVALID));
    }

    @Test
    void refusesAnotherKeyUnderOurKeysName() {
        var forged = TestTokens.signed(tokens.claims(), TestTokens.newKey(), tokens.key.getKeyID());

        assertThat(verifier.verify(forged)).isEqualTo(refused(Reason.INVALID));
    }

    @Test
    void refusesClaimsThatWereChangedAfterSigning() {
        var one = tokens.valid().split("\\.", -1);
        var other = tokens.valid().split("\\.", -1);

        assertThat(verifier.verify(one[0] + "." + other[1] + "." + one[2])).isEqualTo(refused(Reason.INVALID));
    }

    @Test
    void refusesAnyOtherLastCharacter() {
        var token = tokens.valid();
        var start = token.substring(0, token.length() - 1);

        for (char last : "AQgwBCDEFGHabcxyz019-_=".toCharArray()) {
            if (!token.equals(start + last)) {
                assertThat(verifier.verify(start + last))
                        .as("ends with %s", last)
                        .isEqualTo(refused(Reason.INVALID));
            }
        }
        assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesIncompleteOrForeignClaims() {
        var later = Date.from(Instant.now().plusSeconds(60));

        assertThat(List.of(
                        tokens.claims().issuer("elsewhere"),
                        tokens.claims().issuer(null),
                        tokens.claims().subject(null),
                        tokens.claims().subject("1-1-1-1-1"),
                        tokens.claims().claim("sid", null),
                        tokens.claims().claim("sid", "not-an-id"),
                        tokens.claims().claim("roles", "ADMIN"),
                        tokens.claims().claim("roles", null),
                        tokens.claims().expirationTime(null),
                        tokens.claims().claim("exp", "tomorrow"),
                        tokens.claims().issueTime(null),
                        tokens.claims().notBeforeTime(later)))
                .allSatisfy(claims ->
                        assertThat(verifier.verify(tokens.signed(claims))).isEqualTo(refused(Reason.INVALID)));
    }

    @Test
    void believesAFreshTokenOnAServerWhoseClockIsMinutesOff() {
        var token = tokens.valid();

        for (var off : List.of(Duration.ofMinutes(-5), Duration.ofMinutes(5), Duration.ofHours(-5))) {
            var elsewhere = verifierAt(Clock.offset(Clock.systemUTC(), off));
            assertThat(elsewhere.verify(token)).as("%s off", off).isInstanceOf(Verified.class);
            assertThat(elsewhere.recall(token)).as("%s off, again", off).isInstanceOf(Verified.class);
        }
    }

    @Test
    void refusesExpiredTokensAlsoOnceTheyAreKnown() {
        var token = tokens.valid();
        assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
        var past = tokens.claims()
                .issueTime(Date.from(Instant.now().minusSeconds(1000)))
                .expirationTime(Date.from(Instant.now().minusSeconds(1)));

        assertThat(verifier.verify(tokens.signed(past))).isEqualTo(refused(Reason.EXPIRED));

        var later = verifierAt(Clock.fixed(Instant.now().plusSeconds(901), ZoneOffset.UTC));
        assertThat(later.verify(token)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void refusesWhatIsNoTokenAtAll() {
        var token = tokens.valid();

        assertThat(List.of(
                        "",
                        ".",
                        "..",
                        "a.b.c",
                        "abc",
                        "\u0000\uD83D\uDE00.é.ü",
                        token.substring(0, token.length() - 10),
                        token.substring(0, token.lastIndexOf('.')),
                        token.substring(0, token.lastIndexOf('.') + 1),
                        token.substring(5),
                        token + ".",
                        token + " ",
                        token + "é",
                        "x".repeat(10_000),
                        token + "A".repeat(10_000)))
                .allSatisfy(text -> assertThat(verifier.verify(text)).isEqualTo(refused(Reason.INVALID)));
    }

    @Test
    void refusesTokensOfAnEndedSession() {
        var sessionId = UUID.randomUUID();
        var userId = UUID.randomUUID();
        var token = tokens.signed(tokens.claims().subject(userId.toString()).claim("sid", sessionId.toString()));
        var other = tokens.signed(tokens.claims().subject(userId.toString()));
        assertThat(verifier.verify(token)).isInstanceOf(Verified.class);

        revocations.accept(new SessionRevoked(userId, sessionId, Instant.now()));

        assertThat(verifier.verify(token)).isEqualTo(refused(Reason.REVOKED));
        assertThat(verifier.recall(token)).isEqualTo(refused(Reason.REVOKED));
        assertThat(verifier.verify(other)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesEarlierTokensOfAPersonWhoLoggedOutEverywhere() {
        var userId = UUID.randomUUID();
        var now = Instant.now();
        var before =
                tokens.signed(tokens.claims().subject(userId.toString()).issueTime(Date.from(now.minusSeconds(1))));
        var after = tokens.signed(tokens.claims().subject(userId.toString()).issueTime(Date.from(now)));
        var someoneElse = tokens.signed(tokens.claims().issueTime(Date.from(now.minusSeconds(1))));

        revocations.accept(new AllSessionsRevoked(userId, now));

        assertThat(verifier.verify(before)).isEqualTo(refused(Reason.REVOKED));
        assertThat(verifier.verify(after)).isInstanceOf(Verified.class);
        assertThat(verifier.verify(someoneElse)).isInstanceOf(Verified.class);
    }

    @Test
    void aStampedeOfUnknownKeysReadsTheKeysOnce() throws Exception {
        var start = new CountDownLatch(1);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var verdicts = java.util.stream.IntStream.range(0, 500)
                    .mapToObj(i -> people.submit(() -> {
                        var stranger = TestTokens.newKey();
                        var forged = TestTokens.signed(tokens.claims(), stranger, stranger.getKeyID());
                        start.await();
                        return verifier.verify(forged);
                    }))
                    .toList();
            start.countDown();
            for (var verdict : verdicts) {
                assertThat(verdict.get()).isEqualTo(refused(Reason.INVALID));
            }
        }

        assertThat(readings).hasValue(1);
        assertThat(verifier.verify(tokens.valid())).isInstanceOf(Verified.class);
    }

    @Test
    void cannotTellWhileNobodyGivesOutTheKeys() {
        var keys = new SigningKeys(
                () -> {
                    throw new java.io.IOException("connection refused");
                },
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));

        assertThat(new TokenVerifier(keys, revocations, 1024, Clock.systemUTC()).verify(tokens.valid()))
                .isEqualTo(refused(Reason.UNKNOWN_YET));
    }
}
