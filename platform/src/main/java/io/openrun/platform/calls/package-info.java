/** Calls from one service to another: time limits, a circuit breaker, the service key. */
@NullMarked
package io.openrun.platform.calls;

import org.jspecify.annotations.NullMarked;
