package io.openrun.lab.strategies;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** The rows of the hold table. Literals stay literals, so that the partial indexes can be used. */
interface HoldUnits extends JpaRepository<HoldUnit, HoldUnit.Key> {

    @Query("SELECT u.slot FROM HoldUnit u WHERE u.stockId = :stock AND u.holder = :holder AND u.slot IS NOT NULL")
    List<Integer> slots(@Param("stock") UUID stock, @Param("holder") UUID holder);

    @Query("SELECT u FROM HoldUnit u WHERE u.holder = :holder AND u.idempotencyKey = :key AND u.unit = 1")
    @Nullable
    HoldUnit keyed(@Param("holder") UUID holder, @Param("key") String key, Limit one);

    @Query("SELECT u FROM HoldUnit u WHERE u.id IN :holds ORDER BY u.id, u.unit")
    List<HoldUnit> units(@Param("holds") Collection<UUID> holds);

    @Query(
            "SELECT u FROM HoldUnit u WHERE u.stockId = :stock AND u.unit = 1 AND u.sequence > :swept ORDER BY u.sequence")
    List<HoldUnit> line(@Param("stock") UUID stock, @Param("swept") long swept, Limit most);
}
