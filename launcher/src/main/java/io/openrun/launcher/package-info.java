/** The one command behind {@code ./openrun}: starts the engines and the shop, looks after them, stops them in order. */
@NullMarked
package io.openrun.launcher;

import org.jspecify.annotations.NullMarked;
