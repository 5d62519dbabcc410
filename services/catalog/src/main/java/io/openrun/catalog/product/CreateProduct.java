package io.openrun.catalog.product;

import io.openrun.catalog.stock.ProductStock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts a product on the shelf, with its units. */
@Component
public class CreateProduct {

    private final Products products;
    private final ProductStock stock;

    CreateProduct(Products products, ProductStock stock) {
        this.products = products;
        this.stock = stock;
    }

    /** Creates the product and its stock, both or neither. */
    @Transactional
    public void create(UUID id, ProductDetails details, long quantity) {
        products.saveAndFlush(new Product(id, details));
        stock.create(id, quantity);
    }
}
