package io.openrun.lab.strategies;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.DynamicUpdate;

/** A stock that Hibernate writes only if its version is still what was read. */
@Entity
@Table(name = "stock")
@DynamicUpdate
class VersionedStock extends StockRecord {

    @Version
    @Column
    private long version;

    /** Hibernate counts. */
    @Override
    void changed() {}
}
