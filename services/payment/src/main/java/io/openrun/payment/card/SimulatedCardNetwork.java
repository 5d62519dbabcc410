package io.openrun.payment.card;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Plays the card network: approves with a probability, takes its time, loses requests and answers, answers late. Its
 * memory is a table of its own, so that a killed process forgets no charge, and it refuses to be called inside a
 * database transaction, as a network call should never be.
 *
 * <p>Its mood may be changed while it runs; each instance of the service has its own mood but all share the memory.
 */
@Component
public class SimulatedCardNetwork implements CardNetwork {

    private static final String DECLINED = "CARD_DECLINED";
    private static final String FORGONE = "NOT_CHARGED_IN_TIME";

    /** The first decision about a payment stands: whoever comes second inserts nothing and reads it. */
    private static final String DECIDE = """
            INSERT INTO payments.card_network_charge (payment_id, amount, outcome, decline_code, answers_at)
            VALUES (?, ?, ?, ?, now() + ? * interval '1 millisecond')
            ON CONFLICT (payment_id) DO NOTHING
            """;

    private static final String RECALL =
            "SELECT outcome, decline_code, answers_at <= now() FROM payments.card_network_charge WHERE payment_id = ?";

    private static final String REFUND = """
            UPDATE payments.card_network_charge SET refunded_at = coalesce(refunded_at, now())
            WHERE payment_id = ? AND outcome = 'APPROVED'
            """;

    private final JdbcTemplate jdbc;
    private final Random random;
    private final Duration answerTimeout;
    private volatile CardBehaviour behaviour;

    SimulatedCardNetwork(JdbcTemplate jdbc, CardSettings settings) {
        this.jdbc = jdbc;
        this.random = settings.seed() == null ? new Random() : new Random(settings.seed());
        this.answerTimeout = settings.answerTimeout();
        this.behaviour = settings.behaviour();
    }

    /** How it behaves now. */
    public CardBehaviour behaviour() {
        return behaviour;
    }

    /** Behaves like this from the next call on. */
    public void behave(CardBehaviour next) {
        behaviour = next;
    }

    @Override
    public CardAnswer charge(UUID paymentId, long amount) {
        refuseInsideTransaction();
        var known = recall(paymentId);
        if (!known.isEmpty()) {
            return known.getFirst();
        }
        var mood = behaviour;
        if (happens(mood.timeoutProbability())) {
            boolean requestArrives = random.nextBoolean();
            if (requestArrives) {
                decide(paymentId, amount, mood, 0);
            }
            pause(answerTimeout.toMillis());
            return new CardAnswer.Unanswered();
        }
        if (happens(mood.lateProbability())) {
            decide(paymentId, amount, mood, mood.lateDelayMillis());
            pause(Math.min(mood.lateDelayMillis(), answerTimeout.toMillis()));
            return recall(paymentId).getFirst();
        }
        long latency = random.nextLong(mood.latencyMinMillis(), mood.latencyMaxMillis() + 1);
        pause(latency / 2);
        decide(paymentId, amount, mood, 0);
        pause(latency - latency / 2);
        return recall(paymentId).getFirst();
    }

    @Override
    public CardAnswer forgo(UUID paymentId, long amount) {
        refuseInsideTransaction();
        jdbc.update(DECIDE, paymentId, amount, "DECLINED", FORGONE, 0);
        return recall(paymentId).getFirst();
    }

    @Override
    public RefundAnswer refund(UUID paymentId) {
        refuseInsideTransaction();
        boolean answers = !happens(behaviour.timeoutProbability());
        if (jdbc.update(REFUND, paymentId) == 0) {
            throw new IllegalStateException("there is no approved charge for payment " + paymentId);
        }
        if (!answers) {
            pause(answerTimeout.toMillis());
        }
        return answers ? RefundAnswer.REFUNDED : RefundAnswer.UNANSWERED;
    }

    private void decide(UUID paymentId, long amount, CardBehaviour mood, long answersInMillis) {
        boolean approved = happens(mood.successProbability());
        jdbc.update(
                DECIDE,
                paymentId,
                amount,
                approved ? "APPROVED" : "DECLINED",
                approved ? null : DECLINED,
                answersInMillis);
    }

    private List<CardAnswer> recall(UUID paymentId) {
        return jdbc.query(
                RECALL,
                (row, n) -> {
                    if (!row.getBoolean(3)) {
                        return new CardAnswer.Unanswered();
                    }
                    return row.getString(1).equals("APPROVED")
                            ? new CardAnswer.Approved()
                            : new CardAnswer.Declined(row.getString(2));
                },
                paymentId);
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    private static void refuseInsideTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("no remote call inside a database transaction");
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
