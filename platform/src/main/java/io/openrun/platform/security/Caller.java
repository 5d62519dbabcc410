package io.openrun.platform.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling, as their access token proves. Identity comes from here and nowhere else. Controllers take it as
 * {@code @AuthenticationPrincipal Caller caller}.
 *
 * @param sessionId the login the token belongs to
 * @param roles {@code USER}, {@code ADMIN}
 * @param issuedAt the token's {@code iat}
 * @param expiresAt the token's {@code exp}
 */
public record Caller(UUID userId, UUID sessionId, Set<String> roles, Instant issuedAt, Instant expiresAt) {

    /** Whether the caller may do what administrators do. */
    public boolean isAdmin() {
        return roles.contains("ADMIN");
    }
}
