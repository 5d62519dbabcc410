package io.openrun.catalog.product;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a product off the shelf. What was sold of it, and how its stock came about, stays. */
@Component
class DeleteProduct {

    private final Products products;

    DeleteProduct(Products products) {
        this.products = products;
    }

    /** What became of it. */
    enum Outcome {
        /** It is in no list any more. */
        DELETED,
        /** A drop of it is scheduled or open. Nothing changed. */
        IN_DROP,
        /** There is no such product. */
        UNKNOWN
    }

    /** Deletes the product unless a drop of it is scheduled or open. */
    @Transactional
    public Outcome delete(UUID id) {
        if (products.lock(id).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        return products.deleteUnlessInDrop(id) == 1 ? Outcome.DELETED : Outcome.IN_DROP;
    }
}
