package io.openrun.drop.schedule;

import io.openrun.drop.schedule.Drop.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/** All drops. */
interface Drops extends JpaRepository<Drop, UUID> {

    /** Guarded: of two who want to end the same phase, the row count tells which one did. */
    @Modifying
    @Query("update Drop d set d.phase = :to, d.version = d.version + 1 where d.id = :id and d.phase = :from")
    int move(UUID id, Phase from, Phase to);

    /** A drop that shoppers may see. */
    @Query("select d from Drop d where d.id = :id and d.phase in (SCHEDULED, CANCELLED)")
    Optional<Drop> findVisible(UUID id);

    /** Same, and nobody else changes it until the transaction ends. */
    @NativeQuery("select * from drops.drop where id = :id and phase in ('SCHEDULED', 'CANCELLED') for update")
    Optional<Drop> lockVisible(UUID id);

    /** Drops whose scheduling was left unfinished. */
    @Query("select d from Drop d where d.phase in (DRAFT, WITHDRAWING) and d.createdAt < :before order by d.createdAt")
    List<Drop> findUnfinished(Instant before, Limit limit);

    /** Drops whose opening is between two moments, the earliest first. */
    @Query("select d from Drop d where d.phase = SCHEDULED and d.opensAt between :from and :to order by d.opensAt")
    List<Drop> findOpening(Instant from, Instant to, Limit limit);

    /** The database's clock. */
    @NativeQuery("select clock_timestamp()")
    Instant now();
}
