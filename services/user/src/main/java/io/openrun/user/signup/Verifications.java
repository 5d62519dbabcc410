package io.openrun.user.signup;

import java.time.Instant;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** All links that were mailed and not used yet, by the digest of their token. */
interface Verifications extends JpaRepository<Verification, String> {

    int countByAccountIdAndExpiresAtAfter(UUID accountId, Instant now);

    @Modifying
    @Query("delete from Verification v where v.accountId = :accountId")
    void deleteOf(UUID accountId);

    @Modifying
    @Query("delete from Verification v where v.expiresAt < :now")
    int deleteExpired(Instant now);
}
