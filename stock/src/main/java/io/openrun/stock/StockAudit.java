package io.openrun.stock;

/**
 * What the hold table says about a stock, beside what the stock's counters say.
 *
 * @param quantity all units
 * @param remaining units nobody has, by the counter
 * @param held units held, counted from the holds
 * @param confirmed units sold, counted from the holds
 * @param oversold units held or sold beyond the quantity
 * @param duplicates holds or units that exist twice for one key, place or slot
 * @param limitViolations holders who have more than the limit
 * @param sequenceGaps places in the line that are missing
 * @param miscounted units by which the counters differ from the holds
 */
public record StockAudit(
        long quantity,
        long remaining,
        long held,
        long confirmed,
        long oversold,
        long duplicates,
        long limitViolations,
        long sequenceGaps,
        long miscounted) {

    /** Whether nothing is wrong. */
    public boolean isClean() {
        return oversold == 0 && duplicates == 0 && limitViolations == 0 && sequenceGaps == 0 && miscounted == 0;
    }
}
