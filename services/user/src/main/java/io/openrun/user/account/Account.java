package io.openrun.user.account;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person with an e-mail address, of which they have proved or have yet to prove that it is theirs. */
@Entity
@Table(schema = "users", name = "account")
public class Account {

    /** What a person may do. */
    public enum Role {
        /** Buy. */
        USER,
        /** Run the shop. */
        ADMIN
    }

    @Id
    private UUID id;

    @Column(nullable = false, updatable = false)
    private String email;

    @Column(nullable = false)
    private String passwordHash;

    @Embedded
    private Profile profile;

    @Enumerated(EnumType.STRING)
    private Role role;

    private @Nullable Instant verifiedAt;

    @Column(nullable = false, updatable = false)
    private Instant createdAt;

    /** For JPA. */
    protected Account() {}

    /** A new account whose e-mail has not been verified. */
    public Account(UUID id, EmailAddress email, String passwordHash, Profile profile, Role role, Instant createdAt) {
        this.id = id;
        this.email = email.value();
        this.passwordHash = passwordHash;
        this.profile = profile;
        this.role = role;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public String passwordHash() {
        return passwordHash;
    }

    public Profile profile() {
        return profile;
    }

    public Role role() {
        return role;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Whether the e-mail is known to be theirs. */
    public boolean isVerified() {
        return verifiedAt != null;
    }

    /** The e-mail is theirs, and so are the password and profile they signed up with. */
    public void verify(String signedUpPasswordHash, Profile signedUpProfile, Instant now) {
        this.passwordHash = signedUpPasswordHash;
        this.profile = signedUpProfile;
        this.verifiedAt = now;
    }

    /** Another sign-up with an e-mail that nobody has verified: the last one is what a login is compared with. */
    public void signUpAgain(String newPasswordHash, Profile newProfile) {
        this.passwordHash = newPasswordHash;
        this.profile = newProfile;
    }

    public void changePassword(String newPasswordHash) {
        this.passwordHash = newPasswordHash;
    }

    public void changeProfile(Profile changed) {
        this.profile = changed;
    }
}
