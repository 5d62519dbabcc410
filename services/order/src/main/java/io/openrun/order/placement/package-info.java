/** Holds become orders: in batches out of the hold log, or one at a time for somebody who cannot wait. */
@NullMarked
package io.openrun.order.placement;

import org.jspecify.annotations.NullMarked;
