package io.openrun.stock;

import java.util.UUID;

/** A limited stock's identity. */
public record StockId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
