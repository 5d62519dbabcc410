package io.openrun.platform.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins, or null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * A page from one row more than was asked for: the surplus row tells that there is a next page.
     *
     * @param rows up to {@code limit + 1} rows
     * @param cursorOf the position just after a row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursorOf) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        var items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, Cursor.encode(cursorOf.apply(items.getLast())));
    }

    /** The same page with other items. */
    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), nextCursor);
    }
}
