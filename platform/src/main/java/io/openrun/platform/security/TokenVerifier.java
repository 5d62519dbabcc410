package io.openrun.platform.security;

import io.openrun.platform.security.TokenVerdict.Reason;
import io.openrun.platform.security.TokenVerdict.Refused;
import io.openrun.platform.security.TokenVerdict.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose an access token is, without asking anyone: ES256 signatures of the user service's published keys, checked
 * once per token and remembered until it expires, and the revocations this process has read.
 *
 * <p>A token seen before costs well under a microsecond; a new one about 80 µs. Only a token signed by an unknown
 * key makes the caller wait for the keys to be read again.
 */
public final class TokenVerifier {

    /** Longer tokens are not ours. */
    static final int MAX_TOKEN_CHARS = 2048;

    private static final Refused INVALID = new Refused(Reason.INVALID);
    private static final Refused EXPIRED = new Refused(Reason.EXPIRED);
    private static final Refused REVOKED = new Refused(Reason.REVOKED);
    private static final Refused UNKNOWN_YET = new Refused(Reason.UNKNOWN_YET);

    private final SigningKeys keys;
    private final Revocations revocations;
    private final VerifiedTokens verified;
    private final AccessTokenReader reader;
    private final Clock clock;

    TokenVerifier(SigningKeys keys, Revocations revocations, int maxVerifiedTokens, Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.verified = new VerifiedTokens(maxVerifiedTokens);
        this.reader = new AccessTokenReader(clock);
        this.clock = clock;
    }

    /** The verdict on a token that was verified before, or null: then {@link #verify} must tell. Never blocks. */
    public @Nullable TokenVerdict recall(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return INVALID;
        }
        var caller = verified.find(VerifiedTokens.Digest.of(token.getBytes(StandardCharsets.ISO_8859_1)));
        return caller == null ? null : current(caller, clock.instant());
    }

    /** The verdict on a token. May block for one reading of the keys, not on an event loop therefore. */
    public TokenVerdict verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return INVALID;
        }
        var digest = VerifiedTokens.Digest.of(token.getBytes(StandardCharsets.ISO_8859_1));
        var caller = verified.find(digest);
        var now = clock.instant();
        if (caller != null) {
            return current(caller, now);
        }
        var read = reader.read(token);
        if (read == null) {
            return INVALID;
        }
        var key = keys.find(read.keyId());
        if (key == null) {
            return keys.known() ? INVALID : UNKNOWN_YET;
        }
        if (!key.verifies(read.signed(), read.signature())) {
            return INVALID;
        }
        var verdict = current(read.caller(), now);
        if (verdict instanceof Verified) {
            verified.remember(digest, read.caller(), now);
        }
        return verdict;
    }

    private TokenVerdict current(Caller caller, Instant now) {
        if (!now.isBefore(caller.expiresAt())) {
            return EXPIRED;
        }
        return revocations.covers(caller) ? REVOKED : new Verified(caller);
    }
}
