package io.openrun.lab.strategies;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** The stocks of those who do not use the version. */
interface PlainStocks extends StockRows<PlainStock> {

    /** Waits until nobody else has the row; what is read then is what the last of them committed. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT s FROM PlainStock s WHERE s.id = :id")
    Optional<PlainStock> findForUpdate(@Param("id") UUID id);
}
