package io.openrun.catalog.adjustment;

import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The adjustments there were. */
interface StockAdjustments extends Repository<StockAdjustment, UUID> {

    StockAdjustment save(StockAdjustment adjustment);
}
