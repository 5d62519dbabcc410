/** The order process: every step and compensation, and the events that drive it. */
@NullMarked
package io.openrun.order.process;

import org.jspecify.annotations.NullMarked;
