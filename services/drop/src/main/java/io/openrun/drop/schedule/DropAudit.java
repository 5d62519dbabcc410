package io.openrun.drop.schedule;

import io.openrun.stock.StockAudit;

/**
 * What the hold table says about a drop, counted anew.
 *
 * @param remaining units nobody has, those given back to the product after the end included
 * @param held units held and not paid for
 * @param confirmed units sold
 * @param oversold units held or sold beyond the quantity
 * @param duplicates holds, units or places that exist twice
 * @param sequenceGaps places in the line that are missing
 * @param limitViolations holders who have more than the limit
 * @param miscounted units by which the counters differ from the holds
 */
record DropAudit(
        long quantity,
        long remaining,
        long held,
        long confirmed,
        long oversold,
        long duplicates,
        long sequenceGaps,
        long limitViolations,
        long miscounted) {

    static DropAudit of(StockAudit stock, long returned) {
        return new DropAudit(
                stock.quantity() + returned,
                stock.remaining() + returned,
                stock.held(),
                stock.confirmed(),
                stock.oversold(),
                stock.duplicates(),
                stock.sequenceGaps(),
                stock.limitViolations(),
                stock.miscounted());
    }
}
