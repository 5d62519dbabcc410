package io.openrun.catalog.move;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** The moves there were, and the drops they announced. */
interface StockMoves extends Repository<RecordedMove, String> {

    Optional<RecordedMove> findById(String reference);

    RecordedMove save(RecordedMove move);

    /** Shows the drop at its product until it closes. */
    @Modifying
    @NativeQuery("""
            INSERT INTO catalog.announced_drop (drop_id, product_id, closes_at, reference)
            VALUES (:drop, :product, :closesAt, :reference)
            ON CONFLICT (drop_id) DO NOTHING
            """)
    void announce(UUID drop, UUID product, Instant closesAt, String reference);

    /** Changes until when, unless the change is older than the last; a drop that was withdrawn stays so. */
    @Modifying
    @NativeQuery("""
            UPDATE catalog.announced_drop
            SET closes_at = coalesce(cast(:closesAt AS timestamptz), clock_timestamp()), version = :version
            WHERE drop_id = :drop AND product_id = :product AND version < :version
            """)
    void change(UUID drop, UUID product, @Nullable Instant closesAt, long version);

    /** Shows the drop no more that the move announced of which this is a continuation. */
    @Modifying
    @NativeQuery("""
            DELETE FROM catalog.announced_drop
            WHERE product_id = :product AND starts_with(:reference, reference || ':')
            """)
    void withdraw(UUID product, String reference);
}
