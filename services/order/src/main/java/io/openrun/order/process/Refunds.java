package io.openrun.order.process;

import io.openrun.contracts.OrderEvent.RefundDue;
import io.openrun.contracts.Topics;
import io.openrun.platform.outbox.Outbox;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Says that money must go back, once per payment: its row in {@code orders.refund} can be made only once. */
@Component
class Refunds {

    private static final String CLAIM = """
            INSERT INTO orders.refund (payment_id, order_id, reason) VALUES (?, ?, ?)
            ON CONFLICT (payment_id) DO NOTHING
            """;

    private final JdbcTemplate jdbc;
    private final Outbox outbox;

    Refunds(JdbcTemplate jdbc, @Qualifier("ordersOutbox") Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /** Publishes {@link RefundDue} in the current transaction, unless it was said before. */
    void due(UUID orderId, UUID userId, UUID paymentId, RefundReason reason, Instant at) {
        if (jdbc.update(CLAIM, paymentId, orderId, reason.name()) == 1) {
            outbox.publish(Topics.ORDERS, new RefundDue(orderId, userId, paymentId, reason.name(), at));
        }
    }
}
