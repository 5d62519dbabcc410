package io.openrun.platform.security;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers tokens that were verified, so that each signature is checked once.
 *
 * <p>A token is known by 128 bits of its SHA-256. An entry is 64 bytes in an open-addressing table of longs, spread
 * over segments that grow on their own, so a million tokens take about 80 MB and no garbage collector has to walk
 * them. Entries are never removed one by one: a full segment is rebuilt without what has expired, then grows, and at
 * its bound forgets a quarter, which merely costs another verification.
 */
final class VerifiedTokens {

    /** More segments, shorter rebuilds: a full one of a million tokens' table copies 1 MB. */
    private static final int SEGMENTS = 64;

    private static final int FIRST_CAPACITY = 64;
    private static final int LONGS = 8;
    private static final int USER_BIT = 1;
    private static final int ADMIN_BIT = 2;

    /** By their bits. */
    private static final List<Set<String>> ROLES =
            List.of(Set.of(), Set.of("USER"), Set.of("ADMIN"), Set.of("USER", "ADMIN"));

    private final Segment[] segments = new Segment[SEGMENTS];

    VerifiedTokens(int maxTokens) {
        int perSegment = Math.max(FIRST_CAPACITY, Math.ceilDiv(maxTokens, SEGMENTS) * 100 / Segment.FULL_PERCENT + 1);
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment(perSegment);
        }
    }

    /** A token's digest: what it is remembered by. */
    record Digest(long high, long low) {

        private static final VarHandle LONGS_OF =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

        static Digest of(byte[] token) {
            var hash = Es256Key.sha256(token);
            long low = (long) LONGS_OF.get(hash, 8);
            return new Digest((long) LONGS_OF.get(hash, 0), low == 0 ? 1 : low);
        }
    }

    /** Whose token it is, or null when it is not remembered. It may have expired. */
    @Nullable
    Caller find(Digest digest) {
        return segmentOf(digest).find(digest);
    }

    /** Remembers a verified token. */
    void remember(Digest digest, Caller caller, Instant now) {
        segmentOf(digest).put(digest, caller, now.getEpochSecond());
    }

    /** How many bytes the table takes. */
    long bytes() {
        long bytes = 0;
        for (var segment : segments) {
            bytes += segment.capacity * (long) LONGS * Long.BYTES;
        }
        return bytes;
    }

    private Segment segmentOf(Digest digest) {
        return segments[(int) (digest.high >>> 58)];
    }

    private static int bitsOf(Set<String> roles) {
        return (roles.contains("USER") ? USER_BIT : 0) | (roles.contains("ADMIN") ? ADMIN_BIT : 0);
    }

    private static final class Segment {

        static final int FULL_PERCENT = 85;

        private final StampedLock lock = new StampedLock();
        private final int maxCapacity;
        private volatile int capacity = FIRST_CAPACITY;
        private long[] table = new long[FIRST_CAPACITY * LONGS];
        private int used;
        private int victims;

        Segment(int maxCapacity) {
            this.maxCapacity = maxCapacity;
        }

        @Nullable
        Caller find(Digest digest) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                var found = read(digest);
                if (lock.validate(stamp)) {
                    return found;
                }
            }
            stamp = lock.readLock();
            try {
                return read(digest);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        private @Nullable Caller read(Digest digest) {
            var entries = table;
            int at = slotOf(entries, digest.high, digest.low);
            if (at < 0 || entries[at + 1] == 0) {
                return null;
            }
            long end = entries[at + 7];
            return new Caller(
                    new UUID(entries[at + 2], entries[at + 3]),
                    new UUID(entries[at + 4], entries[at + 5]),
                    ROLES.get((int) end & 3),
                    Instant.ofEpochSecond(entries[at + 6]),
                    Instant.ofEpochSecond(end >> 2));
        }

        void put(Digest digest, Caller caller, long nowSeconds) {
            long stamp = lock.writeLock();
            try {
                if ((used + 1) * 100L > table.length / LONGS * (long) FULL_PERCENT) {
                    rebuild(nowSeconds);
                }
                int at = slotOf(table, digest.high, digest.low);
                if (at < 0) {
                    return;
                }
                if (table[at + 1] == 0) {
                    used++;
                }
                table[at] = digest.high;
                table[at + 1] = digest.low;
                table[at + 2] = caller.userId().getMostSignificantBits();
                table[at + 3] = caller.userId().getLeastSignificantBits();
                table[at + 4] = caller.sessionId().getMostSignificantBits();
                table[at + 5] = caller.sessionId().getLeastSignificantBits();
                table[at + 6] = caller.issuedAt().getEpochSecond();
                table[at + 7] = caller.expiresAt().getEpochSecond() << 2 | bitsOf(caller.roles());
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        /** Drops what has expired; where that is not enough, grows by half; at the bound, forgets a quarter. */
        private void rebuild(long nowSeconds) {
            int alive = 0;
            for (int at = 0; at < table.length; at += LONGS) {
                alive += lives(table, at, nowSeconds) ? 1 : 0;
            }
            int slots = table.length / LONGS;
            boolean crowded = alive * 100L > slots * 60L;
            boolean forget = crowded && slots >= maxCapacity;
            int next = crowded ? Math.min(maxCapacity, slots + slots / 2) : slots;
            int victim = victims++ & 3;
            var old = table;
            var fresh = new long[next * LONGS];
            int kept = 0;
            for (int at = 0; at < old.length; at += LONGS) {
                if (lives(old, at, nowSeconds) && !(forget && (old[at] & 3) == victim)) {
                    System.arraycopy(old, at, fresh, slotOf(fresh, old[at], old[at + 1]), LONGS);
                    kept++;
                }
            }
            table = fresh;
            capacity = next;
            used = kept;
        }

        private static boolean lives(long[] entries, int at, long nowSeconds) {
            return entries[at + 1] != 0 && entries[at + 7] >> 2 > nowSeconds;
        }

        /** Where the entry is or would be; negative when every slot is another's, as a torn read may see it. */
        private static int slotOf(long[] entries, long high, long low) {
            int slots = entries.length / LONGS;
            int slot = (int) Math.unsignedMultiplyHigh(low, slots);
            for (int tries = 0; tries < slots; tries++) {
                int at = slot * LONGS;
                if (entries[at + 1] == 0 || (entries[at] == high && entries[at + 1] == low)) {
                    return at;
                }
                slot = slot + 1 == slots ? 0 : slot + 1;
            }
            return -1;
        }
    }
}
