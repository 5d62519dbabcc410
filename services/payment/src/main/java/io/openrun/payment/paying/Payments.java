package io.openrun.payment.paying;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * All payments. Every change names the status it comes from, and the row count decides who made it; the database's
 * clock decides what is over.
 */
interface Payments extends Repository<Payment, UUID> {

    Optional<Payment> findById(UUID id);

    Optional<Payment> findByIdAndUserId(UUID id, UUID userId);

    List<Payment> findByUserIdAndIdLessThanOrderByIdDesc(UUID userId, UUID before, Limit limit);

    List<Payment> findByUserIdAndOrderIdAndIdLessThanOrderByIdDesc(UUID userId, UUID orderId, UUID before, Limit limit);

    @Query(value = "SELECT clock_timestamp()", nativeQuery = true)
    Instant now();

    /** The payment that keeps others from being entered, locked so that it stays what it is. */
    @Query(value = """
                    SELECT * FROM payments.payment
                    WHERE order_id = :orderId AND status IN ('READY', 'PENDING', 'SUCCEEDED') FOR UPDATE
                    """, nativeQuery = true)
    Optional<Payment> lockAlive(UUID orderId);

    /** 0 when another payment of the order is alive. */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    INSERT INTO payments.payment
                        (id, order_id, user_id, amount, method, status, expires_at, attend_at)
                    VALUES (:id, :orderId, :userId, :amount, :method, 'READY', :expiresAt, :expiresAt)
                    ON CONFLICT (order_id) WHERE status IN ('READY', 'PENDING', 'SUCCEEDED') DO NOTHING
                    """, nativeQuery = true)
    int enter(UUID id, UUID orderId, UUID userId, long amount, String method, Instant expiresAt);

    /** Whoever changes the row may ask the card network, once; everybody else waits for what comes of it. */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment
                    SET status = 'PENDING', attend_at = now() + :attendInMillis * interval '1 millisecond'
                    WHERE id = :id AND user_id = :userId AND status = 'READY' AND expires_at > now()
                    """, nativeQuery = true)
    int claim(UUID id, UUID userId, long attendInMillis);

    /** A refund that fell due meanwhile is attended to at once. */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment
                    SET status = 'SUCCEEDED', settled_at = clock_timestamp(),
                        attend_at = CASE WHEN refund_due_at IS NULL THEN NULL ELSE now() END
                    WHERE id = :id AND status = 'PENDING'
                    """, nativeQuery = true)
    int succeed(UUID id);

    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment
                    SET status = 'FAILED', failure_code = :failureCode, settled_at = clock_timestamp(), attend_at = NULL
                    WHERE id = :id AND status = 'PENDING'
                    """, nativeQuery = true)
    int fail(UUID id, String failureCode);

    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment
                    SET status = 'REFUNDED', settled_at = clock_timestamp(), attend_at = NULL
                    WHERE id = :id AND status = 'SUCCEEDED' AND refund_due_at IS NOT NULL
                    """, nativeQuery = true)
    int refund(UUID id);

    /** Ends a payment whose place another one takes. */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment SET status = 'EXPIRED', attend_at = NULL
                    WHERE id = :id AND status = 'READY'
                    """, nativeQuery = true)
    int supersede(UUID id);

    /** Ends a payment whose order's hold is over. */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment SET status = 'EXPIRED', attend_at = NULL
                    WHERE id = :id AND status = 'READY' AND expires_at <= now()
                    """, nativeQuery = true)
    int expire(UUID id);

    /** Ends what is open of orders that ended. Pending ones are past stopping: the order refunds them if it must. */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment SET status = 'EXPIRED', attend_at = NULL
                    WHERE order_id = ANY (:orderIds) AND status = 'READY'
                    """, nativeQuery = true)
    int expireOpenOf(UUID[] orderIds);

    /**
     * Notes, once, that the money may not stay. A payment that has succeeded is attended to now, a pending one as soon
     * as it has an answer, one that was never confirmed ends here.
     */
    @Modifying(clearAutomatically = true)
    @Query(value = """
                    UPDATE payments.payment
                    SET refund_due_at = now(), refund_reason = :reason,
                        status = CASE WHEN status = 'READY' THEN 'EXPIRED' ELSE status END,
                        attend_at = CASE status WHEN 'SUCCEEDED' THEN now() WHEN 'PENDING' THEN attend_at END
                    WHERE id = :id AND order_id = :orderId AND refund_due_at IS NULL
                    """, nativeQuery = true)
    int oweRefund(UUID id, UUID orderId, String reason);

    /**
     * Takes payments that somebody must look after, each for a while: instances share the work, and what a dead one
     * took comes back. The lease only spares effort; that nothing happens twice is the guards' doing.
     */
    @Query(value = """
                    UPDATE payments.payment SET attend_at = now() + :leaseMillis * interval '1 millisecond'
                    WHERE id IN (
                        SELECT id FROM payments.payment WHERE attend_at <= now()
                        ORDER BY attend_at LIMIT :most FOR UPDATE SKIP LOCKED)
                    RETURNING *
                    """, nativeQuery = true)
    List<Payment> takeDue(int most, long leaseMillis);
}
