package io.openrun.payment.points;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves points. Each move is one row in the ledger, from one account to another, and one guarded atomic update of the
 * wallet's balance in the same transaction. There is nothing to retry: concurrent moves of one wallet queue for its
 * row, and the check {@code balance >= 0} stands behind the guard.
 */
@Component
public class Wallets {

    private static final UUID ISSUANCE = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID REVENUE = UUID.fromString("00000000-0000-0000-0000-000000000002");

    /** Up to here a wallet can be charged; the other half of what the column counts is kept free for refunds. */
    private static final long MAX_CHARGED_BALANCE = Long.MAX_VALUE / 2;

    /**
     * Adds in one statement, and opens the wallet with the first points; no row back means it would hold too much. Both
     * guards subtract from the bound, which cannot overflow where adding to the balance could.
     */
    private static final String PUT_IN = """
            INSERT INTO payments.account AS wallet (id, kind, balance)
            SELECT ?, 'WALLET', came_in FROM (VALUES (?::bigint, ?::bigint)) AS put (came_in, most)
            WHERE came_in <= most
            ON CONFLICT (id) DO UPDATE SET balance = wallet.balance + excluded.balance
            WHERE wallet.kind = 'WALLET' AND wallet.balance <= ?::bigint - excluded.balance
            RETURNING balance
            """;

    /** Takes in one statement; no row means there were not enough. */
    private static final String TAKE_OUT =
            "UPDATE payments.account SET balance = balance - ? WHERE id = ? AND kind = 'WALLET' AND balance >= ?";

    private static final String MOVE = """
            INSERT INTO payments.transfer (id, kind, from_account, to_account, amount, payment_id)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private static final String ENTRIES = """
            SELECT transfer_id, kind, amount, payment_id, created_at FROM payments.entry
            WHERE account_id = ? AND transfer_id < ? ORDER BY transfer_id DESC LIMIT ?
            """;

    private static final UUID NEWEST = new UUID(-1, -1);

    private final JdbcTemplate jdbc;

    Wallets(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A new shopper has none. */
    long balance(UUID userId) {
        var balances = jdbc.queryForList("SELECT balance FROM payments.account WHERE id = ?", Long.class, userId);
        return balances.isEmpty() ? 0 : balances.getFirst();
    }

    /** The newest entries of a wallet before one of them, or from the start. */
    List<PointsEntry> entries(UUID userId, @Nullable UUID before, int limit) {
        return jdbc.query(
                ENTRIES,
                (row, n) -> new PointsEntry(
                        row.getObject(1, UUID.class),
                        PointsEntry.Kind.valueOf(row.getString(2)),
                        row.getLong(3),
                        row.getObject(4, UUID.class),
                        row.getTimestamp(5).toInstant()),
                userId,
                before == null ? NEWEST : before,
                limit);
    }

    /** Issues points into a wallet and answers the new balance, or nothing when the wallet cannot hold them. */
    @Transactional(propagation = Propagation.MANDATORY)
    OptionalLong issue(UUID userId, UUID entryId, long amount) {
        var balance = putIn(userId, amount, MAX_CHARGED_BALANCE);
        if (balance.isPresent()) {
            jdbc.update(MOVE, entryId, "CHARGE", ISSUANCE, userId, amount, null);
        }
        return balance;
    }

    /** Takes what a payment costs, or answers false and takes nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean pay(UUID userId, UUID paymentId, long amount) {
        if (amount == 0) {
            return true;
        }
        if (jdbc.update(TAKE_OUT, amount, userId, amount) == 0) {
            return false;
        }
        jdbc.update(MOVE, UuidCreator.getTimeOrderedEpoch(), "PAYMENT", userId, REVENUE, amount, paymentId);
        return true;
    }

    /** Gives back what a payment took. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(UUID userId, UUID paymentId, long amount) {
        if (amount == 0) {
            return;
        }
        if (putIn(userId, amount, Long.MAX_VALUE).isEmpty()) {
            throw new IllegalStateException("the wallet of payment " + paymentId + " is too full for its refund");
        }
        jdbc.update(MOVE, UuidCreator.getTimeOrderedEpoch(), "REFUND", REVENUE, userId, amount, paymentId);
    }

    private OptionalLong putIn(UUID userId, long amount, long maxBalance) {
        return jdbc.queryForList(PUT_IN, Long.class, userId, amount, maxBalance, maxBalance).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
