package io.openrun.catalog.product;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /products}: the details, under the rules of {@link ProductDetails}, and how many units there are.
 *
 * @param quantity units on the shelf from the start
 */
record NewProduct(
        @NotBlank @Size(max = ProductDetails.LONGEST_NAME) @PlainText
        String name,

        @Nullable @Size(max = ProductDetails.LONGEST_DESCRIPTION) @PlainText
        String description,

        @NotNull @Min(0) @Max(ProductDetails.HIGHEST_PRICE) Long price,

        @Nullable @Size(max = ProductDetails.LONGEST_CATEGORY) @PlainText
        String category,

        @Nullable
        @Size(max = ProductDetails.LONGEST_URL)
        @Pattern(regexp = ProductDetails.URL, message = ProductDetails.NO_URL)
        String imageUrl,

        @NotNull @Min(0) @Max(MOST_UNITS) Long quantity) {

    /** The most units a new product may have. */
    static final long MOST_UNITS = 1_000_000_000L;

    ProductDetails details() {
        return new ProductDetails(name, description, price, category, imageUrl);
    }
}
