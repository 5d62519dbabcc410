/** Payments and points: what an order costs is taken once, told of once, and given back once. */
@NullMarked
package io.openrun.payment;

import org.jspecify.annotations.NullMarked;
