/** Work that is done again and again in the background. */
@NullMarked
package io.openrun.platform.chores;

import org.jspecify.annotations.NullMarked;
