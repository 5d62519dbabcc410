package io.openrun.platform.security;

/** What an access token turned out to be. */
public sealed interface TokenVerdict {

    /** The token is genuine, has not expired and was not revoked. */
    record Verified(Caller caller) implements TokenVerdict {}

    /** The token proves nothing. */
    record Refused(Reason reason) implements TokenVerdict {}

    /** Why a token was refused. */
    enum Reason {
        /** Genuine, but past its {@code exp}. */
        EXPIRED,
        /** Not a token of ours: unreadable, incomplete, of another issuer, or not signed by a key we know. */
        INVALID,
        /** Genuine, but its session has ended. */
        REVOKED,
        /** It cannot be told yet: the user service has not given out its keys. Worth another try. */
        UNKNOWN_YET
    }
}
