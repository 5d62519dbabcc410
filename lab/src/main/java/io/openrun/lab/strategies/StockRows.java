package io.openrun.lab.strategies;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.query.Param;

/** What both kinds of stock repository can be asked. */
@NoRepositoryBean
interface StockRows<S extends StockRecord> extends JpaRepository<S, UUID> {

    @Query("SELECT s.remaining FROM #{#entityName} s WHERE s.id = :id")
    List<Long> remaining(@Param("id") UUID id);

    @Query("SELECT s.id FROM #{#entityName} s WHERE s.firstExpiry <= s.now ORDER BY s.firstExpiry")
    List<UUID> due(Limit most);
}
