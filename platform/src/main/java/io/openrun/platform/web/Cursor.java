package io.openrun.platform.web;

import io.openrun.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opaque positions in lists, and the bounds of {@code ?limit=}. */
public final class Cursor {

    /** The most items a page may have. */
    public static final int MAX_LIMIT = 100;

    private Cursor() {}

    static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** The position in a cursor we gave out, or null for none; 400 for one we did not. */
    public static @Nullable String decode(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
    }

    /** The id in a cursor we gave out, or null for none; 400 for one we did not. */
    public static @Nullable UUID decodeId(@Nullable String cursor) {
        var position = decode(cursor);
        try {
            return position == null ? null : UUID.fromString(position);
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
    }

    /** {@code ?limit=} within 1–{@value #MAX_LIMIT}; 400 otherwise. */
    public static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.invalid("limit", "must be between 1 and " + MAX_LIMIT).asException();
        }
        return limit;
    }

    private static RuntimeException invalid() {
        return Problem.invalid("cursor", "is not a cursor from this list").asException();
    }
}
