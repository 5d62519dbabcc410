/** Every service in one process and on one port. */
@NullMarked
package io.openrun.standalone;

import org.jspecify.annotations.NullMarked;
