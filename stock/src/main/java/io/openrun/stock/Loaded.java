package io.openrun.stock;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the decisions of a batch need to know beside the stock's row. */
record Loaded(Map<UUID, BitSet> slots, Map<HolderKey, Hold> keyed, Map<UUID, OpenHold> open) {

    /** An idempotency key and whose it is. */
    record HolderKey(UUID holder, String key) {}

    static Loaded nothing() {
        return new Loaded(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    /** The same, for a decision that is only tried: slots and keys are noted as they are taken. */
    Loaded copy() {
        Loaded copy = new Loaded(new HashMap<>(), new HashMap<>(keyed), open);
        slots.forEach((holder, taken) -> copy.slots.put(holder, (BitSet) taken.clone()));
        return copy;
    }
}
