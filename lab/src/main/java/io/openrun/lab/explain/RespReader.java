package io.openrun.lab.explain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads values of Redis's protocol, version 2, and keeps the bytes they came in. */
final class RespReader {

    private final InputStream in;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    RespReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** A value: text, a number, a list of values, or null. */
    static final class Value {
        private final @Nullable Object content;
        private final byte[] raw;

        private Value(@Nullable Object content, byte[] raw) {
            this.content = content;
            this.raw = raw;
        }

        @Nullable
        Object content() {
            return content;
        }

        byte[] raw() {
            return raw;
        }

        /** The words of a command. */
        List<String> words() {
            return content instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        String text() {
            return text(content);
        }

        private static String text(@Nullable Object content) {
            return switch (content) {
                case null -> "nil";
                case List<?> list -> list.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
                default -> content.toString();
            };
        }
    }

    /** The next value, or null at the end of the connection. */
    @Nullable
    Value next() throws IOException {
        raw.reset();
        int type = in.read();
        if (type < 0) {
            return null;
        }
        raw.write(type);
        Object content = content(type);
        return new Value(content, raw.toByteArray());
    }

    private @Nullable Object content(int type) throws IOException {
        String line = line();
        return switch (type) {
            case ':' -> Long.valueOf(line);
            case '$' -> bulk(Integer.parseInt(line));
            case '*' -> list(Integer.parseInt(line));
            case '+' -> line;
            case '-' -> "ERROR " + line;
            default -> throw new IOException("not Redis's protocol: " + (char) type + line);
        };
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("the connection ended within a value");
        }
        raw.writeBytes(bytes);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private @Nullable List<@Nullable Object> list(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int type = in.read();
            raw.write(type);
            values.add(content(type));
        }
        return values;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the connection ended within a line");
            }
            raw.write(c);
            if (c == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            line.write(c);
        }
    }
}
