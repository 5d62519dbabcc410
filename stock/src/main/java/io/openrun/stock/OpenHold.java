package io.openrun.stock;

import java.time.Instant;
import java.util.BitSet;
import java.util.UUID;

/** A hold that is about to be settled, as a transaction found it; its status follows the decisions. */
final class OpenHold {

    final UUID id;
    final UUID holder;
    final int quantity;
    final Instant expiresAt;
    final BitSet slots = new BitSet();
    HoldStatus status;

    OpenHold(UUID id, UUID holder, int quantity, Instant expiresAt, HoldStatus status) {
        this.id = id;
        this.holder = holder;
        this.quantity = quantity;
        this.expiresAt = expiresAt;
        this.status = status;
    }
}
