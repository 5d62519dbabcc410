/** The turn back: holds are confirmed, released, or run out. */
@NullMarked
package io.openrun.drop.settlement;

import org.jspecify.annotations.NullMarked;
