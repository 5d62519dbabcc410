package io.openrun.drop.schedule;

import java.util.UUID;

/**
 * An administrator's Idempotency-Key.
 *
 * @param fingerprint of the request's body; the same key with another one is a mistake
 */
record RequestKey(UUID userId, String key, String fingerprint) {}
