/** Who people are: their e-mail, password and personal data, and how these are kept. */
@NullMarked
package io.openrun.user.account;

import org.jspecify.annotations.NullMarked;
