package io.openrun.payment.paying;

import io.openrun.contracts.OrderView;

/** What the order service knows of an order. */
sealed interface OrderLookup {

    /** There is such an order. */
    record Found(OrderView order) implements OrderLookup {}

    /** There is none. */
    record Missing() implements OrderLookup {}

    /** The order service does not answer, or not sensibly. */
    record Away() implements OrderLookup {}
}
