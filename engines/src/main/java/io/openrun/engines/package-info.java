/** Real PostgreSQL, Redis and Kafka on one machine, and the shop's process beside them: started, found again, stopped. */
@NullMarked
package io.openrun.engines;

import org.jspecify.annotations.NullMarked;
