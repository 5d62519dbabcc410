/** What people see and change of themselves. */
@NullMarked
package io.openrun.user.profile;

import org.jspecify.annotations.NullMarked;
