package io.openrun.catalog.product;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something the shop sells. Its stock is the engine's, under the same id. */
@Entity
@Table(schema = "catalog", name = "product")
public class Product {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String name;

    private @Nullable String description;

    @Column(nullable = false)
    private long price;

    private @Nullable String category;

    private @Nullable String imageUrl;

    @Column(insertable = false, updatable = false)
    private @Nullable Instant deletedAt;

    @Version
    private @Nullable Long version;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    Product(UUID id, ProductDetails details) {
        this.id = id;
        this.name = details.name();
        describe(details);
    }

    /** Replaces what is said about it. */
    final void describe(ProductDetails details) {
        name = details.name();
        description = details.description();
        price = details.price();
        category = details.category();
        imageUrl = details.imageUrl();
    }

    ProductDetails details() {
        return new ProductDetails(name, description, price, category, imageUrl);
    }

    UUID id() {
        return id;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Whether it was taken off the shelf. */
    public boolean isDeleted() {
        return deletedAt != null;
    }
}
