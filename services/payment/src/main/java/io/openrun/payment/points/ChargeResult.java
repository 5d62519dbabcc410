package io.openrun.payment.points;

import java.util.UUID;

/** What became of a charge. */
sealed interface ChargeResult {

    /** The points are in the wallet. */
    record Charged(long balance, UUID entryId) implements ChargeResult {}

    /** More than the column can count; nothing was added. */
    record WalletFull() implements ChargeResult {}
}
