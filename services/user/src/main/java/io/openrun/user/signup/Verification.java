package io.openrun.user.signup;

import io.openrun.user.account.Profile;
import io.openrun.user.account.SecretToken;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A link that was mailed, and what whoever opens it signed up with. */
@Entity
@Table(schema = "users", name = "verification")
class Verification {

    @Id
    private String tokenDigest;

    @Column(nullable = false)
    private UUID accountId;

    @Column(nullable = false)
    private String passwordHash;

    @Embedded
    private Profile profile;

    @Column(nullable = false)
    private Instant expiresAt;

    /** For JPA. */
    protected Verification() {}

    Verification(SecretToken token, UUID accountId, String passwordHash, Profile profile, Instant expiresAt) {
        this.tokenDigest = token.digest();
        this.accountId = accountId;
        this.passwordHash = passwordHash;
        this.profile = profile;
        this.expiresAt = expiresAt;
    }

    UUID accountId() {
        return accountId;
    }

    String passwordHash() {
        return passwordHash;
    }

    Profile profile() {
        return profile;
    }

    boolean isGoodAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
