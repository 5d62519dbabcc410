package io.openrun.user.session;

import io.openrun.user.account.SecretToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A token that buys the next pair of tokens of its session, once. */
@Entity
@Table(schema = "users", name = "refresh_token")
class RefreshToken {

    @Id
    private String digest;

    @Column(nullable = false)
    private UUID sessionId;

    private @Nullable Instant spentAt;

    /** For JPA. */
    protected RefreshToken() {}

    RefreshToken(SecretToken token, UUID sessionId) {
        this.digest = token.digest();
        this.sessionId = sessionId;
    }

    UUID sessionId() {
        return sessionId;
    }

    boolean isSpent() {
        return spentAt != null;
    }

    void spend(Instant now) {
        this.spentAt = now;
    }
}
