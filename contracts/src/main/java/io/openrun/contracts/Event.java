package io.openrun.contracts;

import java.time.Instant;

/**
 * Something that happened and that another service must learn of.
 *
 * <p>Delivered at least once, in order per {@link #key()}; every consumer is idempotent. On the wire the
 * Kafka record's key is {@code key()}, its value is the record as JSON and its header {@code type} is the
 * record's simple class name.
 */
public sealed interface Event permits DropEvent, OrderEvent, PaymentEvent, SessionEvent {

    /** The aggregate's id: events of one aggregate keep their order. */
    String key();

    /** When it happened, by the database's clock. */
    Instant occurredAt();
}
