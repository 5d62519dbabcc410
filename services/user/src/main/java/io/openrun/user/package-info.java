/** The user service: accounts, sessions and profiles. */
@NullMarked
package io.openrun.user;

import org.jspecify.annotations.NullMarked;
