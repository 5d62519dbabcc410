package io.openrun.lab.shop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many distinct shoppers' access tokens, packed into a few large arrays: a million of them take little more
 * than their bytes, and the collector has nothing to mark. Written by one thread, then read by many.
 */
public final class Crowd {

    private static final int SLAB_BYTES = 1 << 24;
    private static final int TOKEN_BYTES_MAX = 4_096;

    private final List<byte[]> slabs = new ArrayList<>();
    private long[] places;
    private int size;
    private int used = SLAB_BYTES;

    /** Makes room for the expected number. */
    public Crowd(int expected) {
        places = new long[Math.max(expected, 16)];
    }

    /** Adds a shopper. */
    public void add(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > TOKEN_BYTES_MAX) {
            throw new IllegalArgumentException("token longer than " + TOKEN_BYTES_MAX + " bytes");
        }
        if (used + bytes.length > SLAB_BYTES) {
            slabs.add(new byte[SLAB_BYTES]);
            used = 0;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        System.arraycopy(bytes, 0, slabs.getLast(), used, bytes.length);
        // Slab number, place in the slab, length: 24, 24 and 16 bits.
        places[size++] = (long) (slabs.size() - 1) << 40 | (long) used << 16 | bytes.length;
        used += bytes.length;
    }

    /** Takes the last one out of the crowd, for errands. */
    public String takeLast() {
        String last = token(size - 1);
        size--;
        return last;
    }

    /** How many shoppers there are. */
    public int size() {
        return size;
    }

    /** Writes the shopper's token. */
    public void write(int shopper, ByteBuffer out) {
        long place = places[shopper];
        out.put(slabs.get((int) (place >>> 40)), (int) (place >>> 16) & 0xFFFFFF, (int) place & 0xFFFF);
    }

    /** The shopper's token as text, for the unhurried. */
    public String token(int shopper) {
        ByteBuffer out = ByteBuffer.allocate(TOKEN_BYTES_MAX);
        write(shopper, out);
        return new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII);
    }
}
