package io.openrun.drop.lane;

/** How long a client has taken over what it is doing, as nanoseconds of this process; 0 means not at all. */
final class SlowClient {

    private long requestBeganAt;
    private long lastSeenAt = System.nanoTime();
    private long unwritableSince;
    private long lingersUntil;

    void bytesArrived() {
        if (requestBeganAt == 0) {
            requestBeganAt = System.nanoTime();
        }
    }

    /** It is we who do not read: what has arrived of a request may rest until we do. */
    void notReadUntil(long now) {
        if (requestBeganAt != 0) {
            requestBeganAt = now;
        }
    }

    void requestArrived() {
        requestBeganAt = 0;
        lastSeenAt = System.nanoTime();
    }

    void writable(boolean writable) {
        unwritableSince = writable ? 0 : System.nanoTime();
    }

    void lingerUntil(long nanos) {
        lingersUntil = nanos;
    }

    boolean isTooSlow(long now, LaneSettings settings, boolean idle) {
        if (lingersUntil != 0) {
            return now - lingersUntil > 0;
        }
        if (requestBeganAt != 0
                && now - requestBeganAt > settings.requestTimeout().toNanos()) {
            return true;
        }
        if (unwritableSince != 0
                && now - unwritableSince > settings.writeTimeout().toNanos()) {
            return true;
        }
        return idle
                && requestBeganAt == 0
                && now - lastSeenAt > settings.idleTimeout().toNanos();
    }
}
