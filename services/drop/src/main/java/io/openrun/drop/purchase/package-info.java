/** The sale: one use case, answered with the same bytes on the main port and on the fast lane. */
@NullMarked
package io.openrun.drop.purchase;

import org.jspecify.annotations.NullMarked;
