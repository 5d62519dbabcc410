package io.openrun.lab.contention.instance;

import io.openrun.stock.HolderId;
import org.jspecify.annotations.Nullable;

/**
 * What one buyer wants.
 *
 * @param number its place in the order of arrival of the whole crowd
 * @param stocks which of the workload's stocks, by their place in its list, in the order of the request
 * @param quantity units of each
 * @param key the same for somebody who clicked twice, null for those who send none
 * @param intent what happens after the hold
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares purchases, and there are hundreds of thousands a second.
public record Purchase(
        int number,
        HolderId buyer,
        int[] stocks,
        int quantity,
        @Nullable String key,
        Intent intent) {

    /** What a buyer does with a hold. */
    public enum Intent {
        /** Nothing more: to hold it is to have bought it. */
        HOLD,
        /** Pays at once: the hold is confirmed. */
        PAY,
        /** Goes away: the hold runs out. */
        LEAVE
    }
}
