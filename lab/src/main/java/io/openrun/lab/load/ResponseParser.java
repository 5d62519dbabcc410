package io.openrun.lab.load;

/**
 * Just enough HTTP/1.1 to tell one answer from the next: status, Content-Length or chunks, {@code Connection:
 * close}. Parses from the start each time more bytes arrive, which is rare for answers below a few kilobytes.
 */
final class ResponseParser {

    /** More bytes are needed. */
    static final int INCOMPLETE = -1;

    /** Not an HTTP/1.1 answer. */
    static final int MALFORMED = -2;

    private int status;
    private int bodyFrom;
    private int bodyTo;
    private boolean closes;

    /**
     * Parses one answer at {@code from}.
     *
     * @return the index after the answer, {@link #INCOMPLETE} or {@link #MALFORMED}; chunks are joined in place
     *     only once all of them are there
     */
    int parse(byte[] bytes, int from, int to) {
        if (to - from < 12) {
            return INCOMPLETE;
        }
        if (bytes[from] != 'H' || bytes[from + 4] != '/' || bytes[from + 8] != ' ') {
            return MALFORMED;
        }
        status = digit(bytes[from + 9]) * 100 + digit(bytes[from + 10]) * 10 + digit(bytes[from + 11]);
        closes = false;
        int length = 0;
        boolean chunked = false;
        int line = endOfLine(bytes, from + 12, to);
        while (true) {
            if (line < 0 || line + 1 >= to) {
                return INCOMPLETE;
            }
            if (bytes[line] == '\r') {
                break;
            }
            int next = endOfLine(bytes, line, to);
            if (next < 0) {
                return INCOMPLETE;
            }
            switch (bytes[line] | 0x20) {
                case 'c' -> {
                    if (startsWith(bytes, line, next, "content-length:")) {
                        length = number(bytes, line + 15, next);
                    } else if (startsWith(bytes, line, next, "connection: close")) {
                        closes = true;
                    }
                }
                case 't' -> chunked |= startsWith(bytes, line, next, "transfer-encoding: chunked");
                default -> {}
            }
            line = next;
        }
        bodyFrom = line + 2;
        bodyTo = bodyFrom;
        if (chunked) {
            return joinChunks(bytes, to);
        }
        bodyTo = bodyFrom + length;
        return bodyTo <= to ? bodyTo : INCOMPLETE;
    }

    int status() {
        return status;
    }

    int bodyFrom() {
        return bodyFrom;
    }

    int bodyTo() {
        return bodyTo;
    }

    /** Whether the server closes the connection after this answer. */
    boolean closes() {
        return closes;
    }

    private int joinChunks(byte[] bytes, int to) {
        int end = walkChunks(bytes, to, false);
        return end < 0 ? end : walkChunks(bytes, to, true);
    }

    private int walkChunks(byte[] bytes, int to, boolean join) {
        int at = bodyFrom;
        int joined = bodyFrom;
        while (true) {
            int data = endOfLine(bytes, at, to);
            if (data < 0) {
                return INCOMPLETE;
            }
            int size = hex(bytes, at, data);
            if (size < 0) {
                return MALFORMED;
            }
            if (data + size + 2 > to) {
                return INCOMPLETE;
            }
            if (size == 0) {
                bodyTo = joined;
                return data + 2;
            }
            if (join) {
                System.arraycopy(bytes, data, bytes, joined, size);
            }
            joined += size;
            at = data + size + 2;
        }
    }

    /** The index after the next line feed, or -1. */
    private static int endOfLine(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, String lowerCase) {
        int length = lowerCase.length();
        if (to - from < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + bytes[i] - '0';
            }
        }
        return value;
    }

    private static int hex(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to && bytes[i] != '\r' && bytes[i] != ';'; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0 || value > 1 << 24) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private static int digit(byte b) {
        return b - '0';
    }
}
