/** The stampede: a drop opens, everyone runs at it at once, and the verdict is read from the outside. */
@NullMarked
package io.openrun.lab.rush;

import org.jspecify.annotations.NullMarked;
