/** First step: sign up and verify the e-mail. */
@NullMarked
package io.openrun.user.signup;

import org.jspecify.annotations.NullMarked;
