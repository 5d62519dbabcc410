/** A shopper's whole journey as a Gatling scenario, from the token to the tracked order, audited at the end. */
@NullMarked
package io.openrun.journeys;

import org.jspecify.annotations.NullMarked;
