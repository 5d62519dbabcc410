/** One effect per idempotency key, with the same answer again. */
@NullMarked
package io.openrun.platform.idempotency;

import org.jspecify.annotations.NullMarked;
