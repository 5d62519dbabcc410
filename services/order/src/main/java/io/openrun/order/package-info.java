/** Orders from placement to return: the service that owns the order process. */
@NullMarked
package io.openrun.order;

import org.jspecify.annotations.NullMarked;
