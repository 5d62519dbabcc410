package io.openrun.catalog.product;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product on a page of its own.
 *
 * @param price in the store currency's minor unit
 * @param remaining units nobody has, exact at the time it was asked for
 * @param drop the drop of it that is scheduled or open, the one that closes first if there are several
 */
record ProductPage(
        UUID id,
        String name,
        @Nullable String description,
        long price,
        @Nullable String category,
        @Nullable String imageUrl,
        boolean soldOut,
        long remaining,
        @Nullable UUID drop) {}
