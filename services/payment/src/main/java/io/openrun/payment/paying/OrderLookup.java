package io.openrun.payment.paying;

import io.openrun.contracts.OrderView;
import java.util.Set;

/** What the order service knows of an order. */
sealed interface OrderLookup {

    /** There is such an order. */
    record Found(OrderView order) implements OrderLookup {

        private static final Set<String> PAYABLE = Set.of("PENDING_PAYMENT", "PAYMENT_FAILED");

        /** Whether money may be asked for it now. */
        boolean payable() {
            return PAYABLE.contains(order.status());
        }
    }

    /** There is none. */
    record Missing() implements OrderLookup {}

    /** The order service does not answer, or not sensibly. */
    record Away() implements OrderLookup {}
}
