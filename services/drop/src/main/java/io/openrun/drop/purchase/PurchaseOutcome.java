package io.openrun.drop.purchase;

import io.openrun.drop.schedule.DropTerms;
import io.openrun.stock.HoldResult;
import java.time.Duration;

/** What became of a wish to buy. */
public sealed interface PurchaseOutcome {

    /** The engine has decided. */
    record Decided(DropTerms terms, HoldResult result) implements PurchaseOutcome {}

    /** The drop was called off. */
    record Cancelled(DropTerms terms) implements PurchaseOutcome {}

    /** There is no such drop. */
    record NoDrop() implements PurchaseOutcome {}

    /** The drop could not be looked up just now. Nothing was taken. */
    record Busy(Duration retryAfter) implements PurchaseOutcome {}
}
