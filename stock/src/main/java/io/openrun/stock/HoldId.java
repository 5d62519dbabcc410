package io.openrun.stock;

import java.util.UUID;

/** A hold's identity (UUIDv7); a purchase's order carries the same id. */
public record HoldId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
