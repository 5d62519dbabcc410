package io.openrun.platform.security;

import io.openrun.contracts.SessionEvent;
import io.openrun.contracts.SessionEvent.AllSessionsRevoked;
import io.openrun.contracts.SessionEvent.SessionRevoked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that ended before their tokens did.
 *
 * <p>Each revocation is forgotten once every token it concerns has expired by itself, so there are never more than the
 * logins of one token life. Asking costs one volatile read while nothing is revoked and a look into two maps otherwise.
 *
 * <p>A token says when it was issued in whole seconds. A revocation of all sessions therefore spares tokens of its own
 * second; the publisher names the sessions alive at that moment one by one as well.
 */
public final class Revocations {

    private final Clock clock;
    private final Duration tokenLife;
    private final Map<UUID, Instant> sessions = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> users = new ConcurrentHashMap<>();
    private volatile boolean any;

    /** Remembers each revocation for {@code tokenLife}. */
    public Revocations(Clock clock, Duration tokenLife) {
        this.clock = clock;
        this.tokenLife = tokenLife;
    }

    /** Takes note of an ended session; in effect when this returns. */
    public void accept(SessionEvent event) {
        if (forgettable(event.occurredAt())) {
            return;
        }
        switch (event) {
            case SessionRevoked revoked -> sessions.putIfAbsent(revoked.sessionId(), revoked.occurredAt());
            case AllSessionsRevoked revoked ->
                users.merge(revoked.userId(), revoked.occurredAt(), (a, b) -> a.isAfter(b) ? a : b);
        }
        any = true;
    }

    /** Whether the caller's session has ended. */
    public boolean covers(Caller caller) {
        if (!any) {
            return false;
        }
        if (sessions.containsKey(caller.sessionId())) {
            return true;
        }
        var before = users.get(caller.userId());
        return before != null && caller.issuedAt().getEpochSecond() < before.getEpochSecond();
    }

    /** Forgets revocations whose tokens have all expired. */
    void forgetOld() {
        if (any) {
            sessions.values().removeIf(this::forgettable);
            users.values().removeIf(this::forgettable);
        }
    }

    private boolean forgettable(Instant revokedAt) {
        return revokedAt.plus(tokenLife).isBefore(clock.instant());
    }
}
