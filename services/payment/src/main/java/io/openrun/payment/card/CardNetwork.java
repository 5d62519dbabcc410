package io.openrun.payment.card;

import java.util.UUID;

/**
 * The company that moves money between cards and shops: somebody else's machines, slow, and not always answering.
 *
 * <p>Every call is idempotent by the payment's id, blocks for no longer than the network's time limit, and must not be
 * made inside a database transaction.
 */
public interface CardNetwork {

    /** Takes the money; asked again, tells what became of the first request. */
    CardAnswer charge(UUID paymentId, long amount);

    /**
     * Sees to it that no money will be taken for this payment: one that was not charged yet is declined for good,
     * even if a request is still on its way. What has already been decided stays and is told.
     */
    CardAnswer forgo(UUID paymentId, long amount);

    /** Gives the money of an approved charge back. */
    RefundAnswer refund(UUID paymentId);
}
