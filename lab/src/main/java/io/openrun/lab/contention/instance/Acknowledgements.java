package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.instance.Acknowledgements.Told;
import io.openrun.lab.contention.instance.Receipt.Taken;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;

/**
 * What buyers were told is theirs, packed: a sale a second for each of a hundred thousand would otherwise fill the
 * heap. For one thread.
 */
public final class Acknowledgements implements Iterable<Told> {

    /** What the hold must be in the database. */
    public enum Claim {
        /** Held or confirmed. */
        THEIRS,
        /** Confirmed. */
        CONFIRMED,
        /** There, whatever has become of it. */
        ONCE_HELD,
        /** As {@link #ONCE_HELD}, and told to somebody before. */
        SHOWN_AGAIN
    }

    /**
     * One of them.
     *
     * @param arrival when its request came to its instance: the place in that order, or -1 where there was none
     */
    public record Told(int instance, long arrival, int stock, UUID hold, long sequence, Claim claim) {}

    private static final int BYTES = 2 * Long.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES + 2;
    private static final Claim[] CLAIMS = Claim.values();

    private ByteBuffer packed = ByteBuffer.allocate(1_024 * BYTES);

    /** How many there are. */
    public int count() {
        return packed.position() / BYTES;
    }

    /** Adds one. */
    @SuppressWarnings("EnumOrdinal") // The bytes live no longer than the run.
    public void add(int instance, long arrival, Taken taken, Claim claim) {
        if (packed.remaining() < BYTES) {
            packed = ByteBuffer.allocate(2 * packed.capacity()).put(packed.flip());
        }
        packed.putLong(taken.hold().getMostSignificantBits())
                .putLong(taken.hold().getLeastSignificantBits())
                .putLong(arrival)
                .putLong(taken.sequence())
                .putInt(taken.stock())
                .put((byte) instance)
                .put((byte) claim.ordinal());
    }

    /** All of them, in the order in which they were told. */
    @Override
    public Iterator<Told> iterator() {
        ByteBuffer from = packed.duplicate().flip();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasRemaining();
            }

            @Override
            public Told next() {
                if (!from.hasRemaining()) {
                    throw new NoSuchElementException();
                }
                UUID hold = new UUID(from.getLong(), from.getLong());
                long arrival = from.getLong();
                long sequence = from.getLong();
                int stock = from.getInt();
                int instance = from.get();
                return new Told(instance, arrival, stock, hold, sequence, CLAIMS[from.get()]);
            }
        };
    }

    /** Adds all of another. */
    public void addAll(Acknowledgements other) {
        ByteBuffer theirs = other.packed.duplicate().flip();
        if (packed.remaining() < theirs.remaining()) {
            packed = ByteBuffer.allocate(packed.position() + 2 * theirs.remaining())
                    .put(packed.flip());
        }
        packed.put(theirs);
    }

    /** Their bytes, for another process. */
    public byte[] bytes() {
        return Arrays.copyOf(packed.array(), packed.position());
    }

    /** What {@link #bytes} packed. */
    public static Acknowledgements of(byte[] bytes) {
        Acknowledgements read = new Acknowledgements();
        read.packed = ByteBuffer.allocate(Math.max(bytes.length, BYTES)).put(bytes);
        return read;
    }
}
