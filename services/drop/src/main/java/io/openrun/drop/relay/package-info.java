/** The hold log on its way to Kafka; it yields to the sale. */
@NullMarked
package io.openrun.drop.relay;

import org.jspecify.annotations.NullMarked;
