/** The order desk: what shoppers, administrators and other services ask of orders over HTTP. */
@NullMarked
package io.openrun.order.desk;

import org.jspecify.annotations.NullMarked;
