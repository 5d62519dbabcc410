/** Events leave in the business transaction and reach Kafka afterwards, at least once, in order per key. */
@NullMarked
package io.openrun.platform.outbox;

import org.jspecify.annotations.NullMarked;
