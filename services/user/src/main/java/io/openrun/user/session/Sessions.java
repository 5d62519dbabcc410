package io.openrun.user.session;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/** All sessions that have not been ended. */
interface Sessions extends JpaRepository<Session, UUID> {

    /** The account's sessions, latest login first, before the given one (ids are in order of time). */
    @Query("select s from Session s where s.accountId = :accountId and s.expiresAt > :now and s.id < :before"
            + " order by s.id desc")
    List<Session> alive(UUID accountId, Instant now, UUID before, Limit limit);

    @Query("select s.id from Session s where s.accountId = :accountId order by s.id desc")
    List<UUID> idsOf(UUID accountId);

    /**
     * The session, locked until the transaction ends. Whoever changes a session or its tokens locks the session first:
     * ending it locks the session and then, by the cascade, its tokens.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from Session s where s.id = :id")
    Optional<Session> lock(UUID id);

    /** Deletes sessions and their tokens, locking the sessions in one order whoever else ends some of them. */
    @Modifying
    @NativeQuery("""
            with locked as materialized (select id from users.session where id in :ids order by id for update)
            delete from users.session using locked where session.id = locked.id
            """)
    void deleteByIds(List<UUID> ids);

    /** Deletes what is over, and leaves to the next round what somebody is using or ending. */
    @Modifying
    @NativeQuery("""
            with locked as materialized (
                select id from users.session where expires_at < :now order by id for update skip locked)
            delete from users.session using locked where session.id = locked.id
            """)
    int deleteExpired(Instant now);
}
