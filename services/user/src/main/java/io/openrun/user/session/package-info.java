/** Second step: sign in, stay signed in, sign out here or everywhere. */
@NullMarked
package io.openrun.user.session;

import org.jspecify.annotations.NullMarked;
