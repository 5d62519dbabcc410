package io.openrun.lab.load;

import java.nio.charset.StandardCharsets;

/**
 * What came back for one request; a reused view of the receive buffer, valid only inside
 * {@link Answers#answered}.
 */
public final class Answer {

    private static final byte[] CODE = "\"code\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BUSY = "BUSY".getBytes(StandardCharsets.US_ASCII);

    private int request;
    private long intendedNanos;
    private long sentNanos;
    private long answeredNanos;
    private int status;
    private byte[] bytes = new byte[0];
    private int bodyFrom;
    private int bodyTo;

    Answer arrived(Connection connection, long nowNanos, ResponseParser response, byte[] buffer) {
        take(connection, nowNanos);
        status = response.status();
        bytes = buffer;
        bodyFrom = response.bodyFrom();
        bodyTo = response.bodyTo();
        return this;
    }

    Answer cut(Connection connection, long nowNanos) {
        take(connection, nowNanos);
        status = 0;
        bodyFrom = 0;
        bodyTo = 0;
        return this;
    }

    private void take(Connection connection, long nowNanos) {
        request = connection.request;
        intendedNanos = connection.intendedNanos;
        sentNanos = connection.sentNanos;
        answeredNanos = nowNanos;
    }

    /** The request's number in its series. */
    public int request() {
        return request;
    }

    /** When it should have been sent; latency counts from here. */
    public long intendedNanos() {
        return intendedNanos;
    }

    /** When its bytes were handed to the kernel. */
    public long sentNanos() {
        return sentNanos;
    }

    /** When its answer was complete, or the connection was found cut. */
    public long answeredNanos() {
        return answeredNanos;
    }

    /** The HTTP status, 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** From the intended send time to the complete answer. */
    public long latencyMicros() {
        return Math.max(0, (answeredNanos - intendedNanos) / 1_000);
    }

    /** Sorts the answer; a 503 is a refusal only when its code is BUSY. */
    public Outcome outcome() {
        if (status == 0) {
            return Outcome.UNKNOWN;
        }
        if (status >= 200 && status < 300) {
            return Outcome.OK;
        }
        return switch (status) {
            case 409, 422, 429 -> Outcome.REFUSED;
            case 503 -> fieldEquals(CODE, BUSY) ? Outcome.REFUSED : Outcome.FAILED;
            default -> Outcome.FAILED;
        };
    }

    /** The first value of a flat JSON field of the body as text, without quotes; empty when it is not there. */
    public String field(String name) {
        byte[] key = ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
        int from = valueFrom(key);
        return from < 0 ? "" : new String(bytes, from, valueTo(from) - from, StandardCharsets.UTF_8);
    }

    /** The problem's {@code code}, or {@code HTTP_<status>} when the body has none. */
    public String code() {
        String code = field("code");
        return code.isEmpty() ? "HTTP_" + status : code;
    }

    /** The body as it arrived, without its chunk marks. */
    public String body() {
        return new String(bytes, bodyFrom, bodyTo - bodyFrom, StandardCharsets.UTF_8);
    }

    /** A number that tells one problem code from another without allocating; 0 when there is none. */
    int codeHash() {
        int from = valueFrom(CODE);
        if (from < 0) {
            return 0;
        }
        int hash = 1;
        int to = valueTo(from);
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private boolean fieldEquals(byte[] key, byte[] expected) {
        int from = valueFrom(key);
        return from >= 0 && matches(expected, from) && valueTo(from) - from == expected.length;
    }

    /** Where the value after {@code "key":} begins (inside the quotes), or -1. */
    private int valueFrom(byte[] key) {
        int last = bodyTo - key.length;
        for (int i = bodyFrom; i < last; i++) {
            if (bytes[i] == '"' && matches(key, i)) {
                int at = skipBlanks(i + key.length);
                if (at < bodyTo && bytes[at] == ':') {
                    at = skipBlanks(at + 1);
                    return at < bodyTo && bytes[at] == '"' ? at + 1 : at;
                }
            }
        }
        return -1;
    }

    private int valueTo(int from) {
        boolean quoted = bytes[from - 1] == '"';
        int i = from;
        while (i < bodyTo && (quoted ? bytes[i] != '"' : bytes[i] != ',' && bytes[i] != '}' && bytes[i] > ' ')) {
            i++;
        }
        return i;
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < bodyTo && bytes[i] <= ' ') {
            i++;
        }
        return i;
    }

    private boolean matches(byte[] expected, int at) {
        if (at + expected.length > bodyTo) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
