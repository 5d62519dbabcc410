/** The card network: an external party behind an interface, and the simulator that plays it. */
@NullMarked
package io.openrun.payment.card;

import org.jspecify.annotations.NullMarked;
