package io.openrun.user.session;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** All refresh tokens of sessions that have not ended, spent ones included, by their digest. */
interface RefreshTokens extends JpaRepository<RefreshToken, String> {

    /** Whose token it is, without locking or remembering it. */
    @Query("select t.sessionId from RefreshToken t where t.digest = :digest")
    Optional<UUID> sessionOf(String digest);
}
