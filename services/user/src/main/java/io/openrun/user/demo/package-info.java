/** Accounts and shoppers of the demonstration shop; none of it exists elsewhere. */
@NullMarked
package io.openrun.user.demo;

import org.jspecify.annotations.NullMarked;
