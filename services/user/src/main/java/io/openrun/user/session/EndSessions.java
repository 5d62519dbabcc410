package io.openrun.user.session;

import io.openrun.contracts.SessionEvent;
import io.openrun.contracts.SessionEvent.AllSessionsRevoked;
import io.openrun.contracts.SessionEvent.SessionRevoked;
import io.openrun.contracts.Topics;
import io.openrun.platform.outbox.Outbox;
import io.openrun.platform.security.Revocations;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Ends sessions: their refresh tokens are gone with the commit, and their access tokens are refused by this process at
 * once and by every other as soon as it has read the event.
 */
@Component
@Transactional
public class EndSessions {

    private final Sessions sessions;
    private final Outbox outbox;
    private final Revocations revocations;
    private final JdbcClient jdbc;

    EndSessions(Sessions sessions, @Qualifier("userOutbox") Outbox outbox, Revocations revocations, JdbcClient jdbc) {
        this.sessions = sessions;
        this.outbox = outbox;
        this.revocations = revocations;
        this.jdbc = jdbc;
    }

    /** Ends one session, whether or not it is still known. */
    public void one(UUID userId, UUID sessionId) {
        some(userId, List.of(sessionId));
    }

    /** Ends these sessions of one person. */
    public void some(UUID userId, List<UUID> ended) {
        if (!ended.isEmpty()) {
            var now = databaseTime();
            sessions.deleteByIds(ended);
            publish(events(userId, ended, now));
        }
    }

    /**
     * Ends every session of a person.
     *
     * <p>Tokens tell their time of issue in whole seconds, so the sessions alive now are named one by one besides:
     * a login within the same second, but after this, is another one.
     *
     * @param callers the session this is asked from, which may not be stored
     */
    public void all(UUID userId, UUID callers) {
        var now = databaseTime();
        var ended = new ArrayList<>(sessions.idsOf(userId));
        if (!ended.isEmpty()) {
            sessions.deleteByIds(ended);
        }
        if (!ended.contains(callers)) {
            ended.add(callers);
        }
        var events = events(userId, ended, now);
        events.add(new AllSessionsRevoked(userId, now));
        publish(events);
    }

    private static List<SessionEvent> events(UUID userId, List<UUID> ended, Instant now) {
        var events = new ArrayList<SessionEvent>();
        ended.forEach(id -> events.add(new SessionRevoked(userId, id, now)));
        return events;
    }

    private void publish(List<SessionEvent> events) {
        outbox.publish(Topics.SESSIONS, events);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                events.forEach(revocations::accept);
            }
        });
    }

    private Instant databaseTime() {
        return jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    }
}
