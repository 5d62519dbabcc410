/** The fast lane: purchases on a port of their own, without a web framework in between. */
@NullMarked
package io.openrun.drop.lane;

import org.jspecify.annotations.NullMarked;
