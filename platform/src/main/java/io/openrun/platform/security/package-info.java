/** Who is calling: access tokens, revocations, and which routes need what. */
@NullMarked
package io.openrun.platform.security;

import org.jspecify.annotations.NullMarked;
