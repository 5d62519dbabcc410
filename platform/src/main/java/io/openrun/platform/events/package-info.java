/** Events on Kafka: how they are written and read. */
@NullMarked
package io.openrun.platform.events;

import org.jspecify.annotations.NullMarked;
