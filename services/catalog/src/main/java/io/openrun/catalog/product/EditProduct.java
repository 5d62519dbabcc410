package io.openrun.catalog.product;

import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes what is said about a product. */
@Component
class EditProduct {

    private final Products products;

    EditProduct(Products products) {
        this.products = products;
    }

    /**
     * Applies the change to the product as it is under its lock, so that two edits at once both count.
     *
     * @return whether there is such a product
     */
    @Transactional
    public boolean edit(UUID id, UnaryOperator<ProductDetails> change) {
        var product = products.lock(id);
        product.ifPresent(p -> p.describe(change.apply(p.details())));
        return product.isPresent();
    }
}
