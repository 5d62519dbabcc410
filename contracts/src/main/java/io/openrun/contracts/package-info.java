/** Records that cross a service boundary: the events on Kafka and the bodies of internal HTTP calls. */
@NullMarked
package io.openrun.contracts;

import org.jspecify.annotations.NullMarked;
