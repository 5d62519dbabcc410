/** What goes wrong, told as RFC 9457 problems with stable codes. */
@NullMarked
package io.openrun.platform.problem;

import org.jspecify.annotations.NullMarked;
