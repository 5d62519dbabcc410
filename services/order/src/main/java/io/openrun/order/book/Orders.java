package io.openrun.order.book;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The order book. Its changes of status are guarded: {@code UPDATE … WHERE id = ? AND status IN (…)} locks the row,
 * judges its newest version and answers the changed order, or nothing when another change was first. So of any
 * changes that exclude each other one wins, on any number of instances, and the others know that they lost. The same
 * statement notes the new status among the order's changes, so none is lost between two looks at it.
 *
 * <p>Call changes inside the transaction that publishes their events.
 */
public interface Orders extends Repository<Order, UUID> {

    /** The order of this id. */
    Optional<Order> findById(UUID id);

    /** A user's orders before a position, newest first. */
    List<Order> findByUserIdAndStatusInAndIdLessThanOrderByIdDesc(
            UUID userId, Collection<OrderStatus> statuses, UUID before, Limit limit);

    /** Everybody's orders before a position, newest first. */
    List<Order> findByStatusInAndIdLessThanOrderByIdDesc(Collection<OrderStatus> statuses, UUID before, Limit limit);

    /** Those of these orders that are made already. */
    @Query(nativeQuery = true, value = "SELECT * FROM orders.orders WHERE id = ANY (:ids)")
    List<Order> in(UUID[] ids);

    /** Which of these orders are not made yet. */
    @Query(nativeQuery = true, value = """
            SELECT wanted.id
              FROM unnest(cast(:ids AS uuid[])) AS wanted (id)
             WHERE NOT EXISTS (SELECT FROM orders.orders WHERE orders.id = wanted.id)
            """)
    List<UUID> missing(UUID[] ids);

    /** PENDING_PAYMENT or PAYMENT_FAILED → PAID. */
    @Query(nativeQuery = true, value = """
            UPDATE orders.orders
               SET status = 'PAID', changes = array_append(changes, 'PAID'),
                   paid_by = :payment, version = version + 1, changed_at = now()
             WHERE id = :id AND status IN ('PENDING_PAYMENT', 'PAYMENT_FAILED')
            RETURNING *
            """)
    Optional<Order> pay(UUID id, UUID payment);

    /** PENDING_PAYMENT → PAYMENT_FAILED. */
    @Query(nativeQuery = true, value = """
            UPDATE orders.orders
               SET status = 'PAYMENT_FAILED', changes = array_append(changes, 'PAYMENT_FAILED'),
                   version = version + 1, changed_at = now()
             WHERE id = :id AND status = 'PENDING_PAYMENT'
            RETURNING *
            """)
    Optional<Order> paymentFailed(UUID id);

    /** PENDING_PAYMENT, PAYMENT_FAILED or PAID → CANCELLED; {@link Order#paidBy} tells whose money must go back. */
    @Query(nativeQuery = true, value = """
            UPDATE orders.orders
               SET status = 'CANCELLED', changes = array_append(changes, 'CANCELLED'),
                   version = version + 1, changed_at = now()
             WHERE id = :id AND status IN ('PENDING_PAYMENT', 'PAYMENT_FAILED', 'PAID')
            RETURNING *
            """)
    Optional<Order> cancel(UUID id);

    /** PENDING_PAYMENT or PAYMENT_FAILED → CANCELLED, for many at once: the drop took the holds back, unpaid. */
    @Query(nativeQuery = true, value = """
            UPDATE orders.orders
               SET status = 'CANCELLED', changes = array_append(changes, 'CANCELLED'),
                   version = version + 1, changed_at = now()
             WHERE id = ANY (:ids) AND status IN ('PENDING_PAYMENT', 'PAYMENT_FAILED')
            RETURNING *
            """)
    List<Order> cancelUnpaid(UUID[] ids);

    /** PENDING_PAYMENT or PAYMENT_FAILED → EXPIRED, for many at once. */
    @Query(nativeQuery = true, value = """
            UPDATE orders.orders
               SET status = 'EXPIRED', changes = array_append(changes, 'EXPIRED'),
                   version = version + 1, changed_at = now()
             WHERE id = ANY (:ids) AND status IN ('PENDING_PAYMENT', 'PAYMENT_FAILED')
            RETURNING *
            """)
    List<Order> expire(UUID[] ids);
}
