package io.openrun.lab.load;

import java.nio.ByteBuffer;

/** A bounded, numbered series of HTTP/1.1 requests, encoded on demand. */
public interface Requests {

    /** How many there are; their numbers are 0 to count - 1. */
    int count();

    /**
     * Writes the whole request, head and body, at the buffer's position. Called on several threads, each request
     * at most once in a run.
     */
    void encode(int request, ByteBuffer out);
}
