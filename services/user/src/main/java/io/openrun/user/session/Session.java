package io.openrun.user.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A login on one device that has not ended. */
@Entity
@Table(schema = "users", name = "session")
class Session {

    @Id
    private UUID id;

    @Column(nullable = false)
    private UUID accountId;

    private @Nullable String device;

    @Column(nullable = false)
    private Instant createdAt;

    @Column(nullable = false)
    private Instant lastUsedAt;

    @Column(nullable = false)
    private Instant expiresAt;

    /** For JPA. */
    protected Session() {}

    Session(UUID id, UUID accountId, @Nullable String device, Instant now, Instant expiresAt) {
        this.id = id;
        this.accountId = accountId;
        this.device = device;
        this.createdAt = now;
        this.lastUsedAt = now;
        this.expiresAt = expiresAt;
    }

    UUID id() {
        return id;
    }

    UUID accountId() {
        return accountId;
    }

    @Nullable
    String device() {
        return device;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    boolean isAliveAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    void prolong(Instant now, Instant until) {
        this.lastUsedAt = now;
        this.expiresAt = until;
    }
}
