/** Counting again: an administrator changes how many units there are, and says why. */
@NullMarked
package io.openrun.catalog.adjustment;

import org.jspecify.annotations.NullMarked;
