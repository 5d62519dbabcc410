package io.openrun.platform.security;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what an access token claims, strictly: anything but the one form our tokens have is unreadable. */
final class AccessTokenReader {

    /** How far another server's clock may be ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final int SIGNATURE_BYTES = 64;

    /** Epoch seconds beyond the year 9999 are nobody's. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    AccessTokenReader(Clock clock) {
        this.clock = clock;
    }

    /** A token's claims, not yet verified. */
    record Read(String keyId, Caller caller, String signed, Signature signature) {}

    /** ECDSA's two numbers. */
    record Signature(BigInteger r, BigInteger s) {}

    /** The claims, or null where the token is not of our form. */
    @Nullable
    Read read(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first <= 0 || last <= first + 1 || token.indexOf('.', first + 1) != last) {
            return null;
        }
        try {
            var keyId = keyIdOf(object(token.substring(0, first)));
            var signature = signatureOf(token.substring(last + 1));
            if (keyId == null || signature == null) {
                return null;
            }
            var caller = callerOf(object(token.substring(first + 1, last)));
            var signed = token.substring(0, last);
            return caller == null ? null : new Read(keyId, caller, signed, signature);
        } catch (IllegalArgumentException | JacksonException unreadable) {
            return null;
        }
    }

    private JsonNode object(String part) {
        return json.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static @Nullable String keyIdOf(JsonNode header) {
        boolean ours = "ES256".equals(header.path("alg").stringValue("")) && !header.has("crit");
        var keyId = header.path("kid").stringValue("");
        return ours && !keyId.isEmpty() ? keyId : null;
    }

    /** Only one spelling of a signature is taken: base64 ignores the last bits of its last character, we do not. */
    private static @Nullable Signature signatureOf(String part) {
        var bytes = Base64.getUrlDecoder().decode(part);
        boolean oneSpelling =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        return oneSpelling && bytes.length == SIGNATURE_BYTES
                ? new Signature(
                        new BigInteger(1, bytes, 0, SIGNATURE_BYTES / 2),
                        new BigInteger(1, bytes, SIGNATURE_BYTES / 2, SIGNATURE_BYTES / 2))
                : null;
    }

    private @Nullable Caller callerOf(JsonNode claims) {
        var userId = uuid(claims.path("sub"));
        var sessionId = uuid(claims.path("sid"));
        var issuedAt = time(claims.path("iat"));
        var expiresAt = time(claims.path("exp"));
        var roles = roles(claims.path("roles"));
        if (!"openrun".equals(claims.path("iss").stringValue(""))
                || userId == null
                || sessionId == null
                || issuedAt == null
                || expiresAt == null
                || roles == null) {
            return null;
        }
        return isOfUse(claims) ? new Caller(userId, sessionId, roles, issuedAt, expiresAt) : null;
    }

    /**
     * Our tokens name no time to begin. When one was issued is no reason to refuse it: the signature says that it was,
     * and a server whose clock is behind would refuse everybody who has just signed in.
     */
    private boolean isOfUse(JsonNode claims) {
        if (!claims.has("nbf")) {
            return true;
        }
        var notBefore = time(claims.path("nbf"));
        return notBefore != null && !notBefore.isAfter(clock.instant().plus(CLOCK_SKEW));
    }

    private static @Nullable UUID uuid(JsonNode claim) {
        var text = claim.stringValue("");
        return text.length() == 36 ? UUID.fromString(text) : null;
    }

    private static @Nullable Instant time(JsonNode claim) {
        if (!claim.isNumber()) {
            return null;
        }
        double seconds = claim.doubleValue();
        return seconds >= 0 && seconds <= LAST_SECOND ? Instant.ofEpochSecond((long) seconds) : null;
    }

    private static @Nullable Set<String> roles(JsonNode claim) {
        if (!claim.isArray()) {
            return null;
        }
        var roles = new HashSet<String>();
        for (var role : claim) {
            roles.add(role.stringValue(""));
        }
        roles.retainAll(Set.of("USER", "ADMIN"));
        return Set.copyOf(roles);
    }
}
