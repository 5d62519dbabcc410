/** The order book: what an order is, how it stands, and the guarded changes it allows. */
@NullMarked
package io.openrun.order.book;

import org.jspecify.annotations.NullMarked;
