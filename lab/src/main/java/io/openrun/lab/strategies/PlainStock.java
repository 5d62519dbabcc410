package io.openrun.lab.strategies;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;

/** A stock whose version is a number like any other: nobody looks at it before writing. */
@Entity
@Table(name = "stock")
@DynamicUpdate
class PlainStock extends StockRecord {

    @Column
    long version;

    @Override
    void changed() {
        version++;
    }
}
