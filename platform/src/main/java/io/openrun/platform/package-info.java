/** Small named libraries every service uses. */
@NullMarked
package io.openrun.platform;

import org.jspecify.annotations.NullMarked;
