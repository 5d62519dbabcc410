package io.openrun.catalog.product;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as it stands in a list.
 *
 * @param price in the store currency's minor unit
 * @param soldOut whether no unit remains outside drops, exact at the time it was asked for
 */
record ProductView(
        UUID id,
        String name,
        @Nullable String description,
        long price,
        @Nullable String category,
        @Nullable String imageUrl,
        boolean soldOut) {}
