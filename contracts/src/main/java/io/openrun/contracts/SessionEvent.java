package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;

/** A login ended before its tokens did. Every instance of every service refuses those tokens from then on. */
public sealed interface SessionEvent extends Event {

    UUID userId();

    @Override
    default String key() {
        return userId().toString();
    }

    /** One session ended: tokens with this {@code sid} are refused. */
    record SessionRevoked(UUID userId, UUID sessionId, Instant occurredAt) implements SessionEvent {}

    /** Every session ended: tokens of this user issued ({@code iat}) before {@code occurredAt} are refused. */
    record AllSessionsRevoked(UUID userId, Instant occurredAt) implements SessionEvent {}
}
