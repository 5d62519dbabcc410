package io.openrun.stock;

import io.openrun.stock.Loaded.HolderKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a batch of asks has to look up: each thing once, however often it is asked for. */
record Questions(Set<UUID> holders, Set<HolderKey> keys, Set<UUID> settling) {

    static Questions of(List<? extends Ask<?>> asks) {
        Questions questions = new Questions(HashSet.newHashSet(asks.size()), new HashSet<>(), new HashSet<>());
        for (Ask<?> ask : asks) {
            switch (ask) {
                case Ask.ToHold hold -> questions.add(hold.request);
                case Ask.ToSettle settle -> questions.settling.add(settle.hold.value());
            }
        }
        return questions;
    }

    private void add(HoldRequest request) {
        holders.add(request.holder().value());
        if (request.idempotencyKey() != null) {
            keys.add(new HolderKey(request.holder().value(), request.idempotencyKey()));
        }
    }
}
