package io.openrun.catalog.product;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order in which products can be listed: by a key, and by id among equal keys, so that every product has one place
 * and a page can end anywhere.
 */
enum ProductSort {
    /** The last one created first. */
    NEWEST("newest", "p.number", false, true),
    /** The cheapest first. */
    CHEAPEST("price", "p.price", true, true),
    /** The dearest first. */
    DEAREST("-price", "p.price", false, true),
    /** By name; code points put Hangul in its order, lower case puts Latin in its own. */
    NAME("name", "lower(p.name) COLLATE \"C\"", true, false);

    private final String word;
    private final String key;
    private final boolean ascending;
    private final boolean numeric;

    ProductSort(String word, String key, boolean ascending, boolean numeric) {
        this.word = word;
        this.key = key;
        this.ascending = ascending;
        this.numeric = numeric;
    }

    /** The order of that name in the API. */
    static Optional<ProductSort> of(String word) {
        return Arrays.stream(values()).filter(sort -> sort.word.equals(word)).findFirst();
    }

    /** The SQL expression of the key. */
    String key() {
        return key;
    }

    /** The SQL condition for what comes after {@code (:key, :id)}. */
    String after() {
        return "(%s, p.id) %s (:key, :id)".formatted(key, ascending ? ">" : "<");
    }

    /** The SQL order. */
    String order() {
        var direction = ascending ? "ASC" : "DESC";
        return "%s %s, p.id %s".formatted(key, direction, direction);
    }

    /** A place in this order, as a cursor carries it. */
    String position(UUID id, String keyText) {
        return word + " " + id + " " + keyText;
    }

    /** The place a cursor carries, or null where it is not of this order. */
    @Nullable
    Place place(String position) {
        var parts = position.split(" ", 3);
        if (parts.length != 3 || !parts[0].equals(word) || parts[2].indexOf('\0') >= 0) {
            return null;
        }
        try {
            return new Place(numeric ? (Object) Long.valueOf(parts[2]) : parts[2], UUID.fromString(parts[1]));
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /** Just after the product with that key and id. */
    record Place(Object key, UUID id) {}
}
