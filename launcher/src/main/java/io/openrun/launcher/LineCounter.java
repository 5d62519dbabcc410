package io.openrun.launcher;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on and counts the lines among them. */
final class LineCounter extends OutputStream {

    private final OutputStream out;
    private long lines;

    LineCounter(OutputStream out) {
        this.out = out;
    }

    long lines() {
        return lines;
    }

    @Override
    public void write(int b) throws IOException {
        lines += b == '\n' ? 1 : 0;
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
