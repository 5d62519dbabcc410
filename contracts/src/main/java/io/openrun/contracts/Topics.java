package io.openrun.contracts;

/** The Kafka topics, one per publishing service. */
public final class Topics {

    /** {@link DropEvent}s, keyed by drop. */
    public static final String DROPS = "openrun.drops";

    /** {@link OrderEvent}s, keyed by order. */
    public static final String ORDERS = "openrun.orders";

    /** {@link PaymentEvent}s, keyed by order. */
    public static final String PAYMENTS = "openrun.payments";

    /** {@link SessionEvent}s, keyed by user; read by every instance of every service. */
    public static final String SESSIONS = "openrun.sessions";

    private Topics() {}
}
