package io.openrun.user.account;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/** All accounts. */
public interface Accounts extends JpaRepository<Account, UUID> {

    Optional<Account> findByEmail(String email);

    /** Whether somebody has this address. */
    @NativeQuery("SELECT EXISTS (SELECT 1 FROM users.account WHERE email = :email)")
    boolean isTaken(String email);

    /** The account, locked until the transaction ends: changes of one account follow one another. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Account a where a.id = :id")
    Optional<Account> lock(UUID id);

    /** The account of an e-mail, locked until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Account a where a.email = :email")
    Optional<Account> lockByEmail(String email);

    /** Notes that the account's owner is told of a sign-up with their e-mail; 0 when they were told lately. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    update users.account set noticed_at = :now
                    where id = :id and (noticed_at is null or noticed_at < :before)""")
    int notice(UUID id, Instant now, Instant before);
}
