/** Access tokens: how they are signed, and the keys others check them with. */
@NullMarked
package io.openrun.user.token;

import org.jspecify.annotations.NullMarked;
