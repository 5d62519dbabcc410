/** How many are served at once, and how many wait for that. */
@NullMarked
package io.openrun.platform.admission;

import org.jspecify.annotations.NullMarked;
