/** When a drop is sold, of what, at which price; its units move out of the product's stock and back. */
@NullMarked
package io.openrun.drop.schedule;

import org.jspecify.annotations.NullMarked;
