package io.openrun.catalog.product;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The products there are, deleted ones left out unless a method says otherwise. */
public interface Products extends Repository<Product, UUID> {

    /** Adds a new product, at once, so that plain SQL in the same transaction sees it. */
    Product saveAndFlush(Product product);

    /** Whether there is such a product. */
    @NativeQuery("SELECT EXISTS (SELECT 1 FROM catalog.product WHERE id = :id AND deleted_at IS NULL)")
    boolean exists(UUID id);

    /** Whether there is or was such a product. */
    @NativeQuery("SELECT EXISTS (SELECT 1 FROM catalog.product WHERE id = :id)")
    boolean existed(UUID id);

    /** The product, which nobody else changes, deletes or announces a drop of until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT p FROM Product p WHERE p.id = :id AND p.deletedAt IS NULL")
    Optional<Product> lock(UUID id);

    /** The same, deleted or not. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT p FROM Product p WHERE p.id = :id")
    Optional<Product> lockEvenDeleted(UUID id);

    /**
     * Takes the product out of the lists unless a drop of it is scheduled or open.
     *
     * @return 1 if it did
     */
    // Right only under the lock of the product: announcements are made under it too, so this statement, which begins
    // after the lock was had, sees every announcement there will be before the commit.
    @Modifying
    @NativeQuery("""
            UPDATE catalog.product SET deleted_at = clock_timestamp(), version = version + 1
            WHERE id = :id AND deleted_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM catalog.announced_drop a
                WHERE a.product_id = :id AND a.closes_at > clock_timestamp())
            """)
    int deleteUnlessInDrop(UUID id);
}
