package io.openrun.user.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** All sessions that have not been ended. */
interface Sessions extends JpaRepository<Session, UUID> {

    /** The account's sessions, latest login first, before the given one (ids are in order of time). */
    @Query("select s from Session s where s.accountId = :accountId and s.expiresAt > :now and s.id < :before"
            + " order by s.id desc")
    List<Session> alive(UUID accountId, Instant now, UUID before, Limit limit);

    @Query("select s.id from Session s where s.accountId = :accountId order by s.id desc")
    List<UUID> idsOf(UUID accountId);

    @Modifying
    @Query("delete from Session s where s.id in :ids")
    void deleteByIds(List<UUID> ids);

    @Modifying
    @Query("delete from Session s where s.expiresAt < :now")
    int deleteExpired(Instant now);
}
