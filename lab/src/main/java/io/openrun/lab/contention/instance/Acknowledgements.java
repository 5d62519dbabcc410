package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.instance.Receipt.Taken;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What buyers were told is theirs, written to a file as it is told: a minute of a hundred thousand sales a second fits
 * into no heap. For one thread.
 */
public final class Acknowledgements implements AutoCloseable {

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
     * @param arrival when its buyer first came to its instance: the place in that order, or -1 where there was none
     */
    public record Told(int instance, long arrival, int stock, UUID hold, long sequence, Claim claim) {}

    /** Somebody who goes through them. */
    public interface Reader {
        /** Takes the next one. */
        void told(Told one) throws IOException;
    }

    private static final int BYTES = 2 * Long.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES + 2;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Claim[] CLAIMS = Claim.values();

    private final DataOutputStream out;

    private Acknowledgements(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER_BYTES));
    }

    /** Writes them there, over what was there. */
    public static Acknowledgements to(Path file) {
        try {
            return new Acknowledgements(Files.newOutputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("what buyers are told cannot be kept in " + file, e);
        }
    }

    /** Keeps none: nobody will ask. */
    public static Acknowledgements forgotten() {
        return new Acknowledgements(OutputStream.nullOutputStream());
    }

    /** Adds one. */
    @SuppressWarnings("EnumOrdinal") // The file lives no longer than the run.
    public void add(int instance, long arrival, Taken taken, Claim claim) {
        try {
            out.writeLong(taken.hold().getMostSignificantBits());
            out.writeLong(taken.hold().getLeastSignificantBits());
            out.writeLong(arrival);
            out.writeLong(taken.sequence());
            out.writeInt(taken.stock());
            out.writeByte(instance);
            out.writeByte(claim.ordinal());
        } catch (IOException e) {
            throw new UncheckedIOException("what buyers are told cannot be kept", e);
        }
    }

    /** Shows the reader all of them that are in that file, in the order in which they were told. */
    public static void read(Path file, Reader reader) throws IOException {
        long left = Files.size(file) / BYTES;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            for (; left > 0; left--) {
                UUID hold = new UUID(in.readLong(), in.readLong());
                long arrival = in.readLong();
                long sequence = in.readLong();
                int stock = in.readInt();
                int instance = in.readByte();
                reader.told(new Told(instance, arrival, stock, hold, sequence, CLAIMS[in.readByte()]));
            }
        }
    }

    /** The file is whole when this returns. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("what buyers are told cannot be kept", e);
        }
    }
}
