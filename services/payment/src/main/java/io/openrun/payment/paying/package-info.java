/** A payment from entering over confirming to its end, and back again when the money may not stay. */
@NullMarked
package io.openrun.payment.paying;

import org.jspecify.annotations.NullMarked;
