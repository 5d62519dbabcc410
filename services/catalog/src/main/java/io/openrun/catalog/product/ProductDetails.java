package io.openrun.catalog.product;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator says about a product.
 *
 * @param price in the store currency's minor unit
 * @param imageUrl an address on the web, or a path on this shop
 */
public record ProductDetails(
        @NotBlank @Size(max = LONGEST_NAME) @PlainText String name,

        @Nullable @Size(max = LONGEST_DESCRIPTION) @PlainText
        String description,

        @NotNull @Min(0) @Max(HIGHEST_PRICE) Long price,
        @Nullable @Size(max = LONGEST_CATEGORY) @PlainText String category,

        @Nullable @Size(max = LONGEST_URL) @Pattern(regexp = URL, message = NO_URL)
        String imageUrl) {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_DESCRIPTION = 10_000;
    static final long HIGHEST_PRICE = 1_000_000_000_000L;
    static final int LONGEST_CATEGORY = 60;
    static final int LONGEST_URL = 2_000;

    /** Nothing a browser would run. */
    static final String URL = "(https?://|/)[^\\s\\p{Cntrl}\\p{Cs}]*";

    static final String NO_URL = "must be an http(s) address or a path";
}
