package io.openrun.stock;

import java.util.UUID;

/** Who takes units: a person, by the identity their token proves. */
public record HolderId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
