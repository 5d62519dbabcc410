package io.openrun.stock;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.util.UUID;

/** A hold's identity (UUIDv7); a purchase's order carries the same id. */
public record HoldId(UUID value) {

    /** Ids grow, so that the newest holds are neighbours in the index. */
    private static final TimeOrderedEpochFactory IDS = TimeOrderedEpochFactory.builder()
            .withFastRandom()
            .withIncrementPlusN()
            .build();

    /** An id that no hold has. */
    static HoldId next() {
        return new HoldId(IDS.create());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
