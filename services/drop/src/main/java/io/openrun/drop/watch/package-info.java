/** Live stock and state of drops for those who look. */
@NullMarked
package io.openrun.drop.watch;

import org.jspecify.annotations.NullMarked;
