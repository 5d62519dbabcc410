package io.openrun.user.session;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** All refresh tokens of sessions that have not ended, spent ones included, by their digest. */
interface RefreshTokens extends JpaRepository<RefreshToken, String> {

    /** The token, locked until the transaction ends: of two who present it at once, the second finds it spent. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from RefreshToken t where t.digest = :digest")
    Optional<RefreshToken> lock(String digest);
}
