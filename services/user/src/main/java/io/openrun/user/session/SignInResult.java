package io.openrun.user.session;

import java.time.Duration;

/** What became of an attempt to sign in. */
sealed interface SignInResult {

    /** They are in. */
    record SignedIn(TokenPair tokens) implements SignInResult {}

    /** E-mail and password do not match, or nobody has that e-mail: it is not told which. */
    record BadCredentials() implements SignInResult {}

    /** The password is right, but the e-mail has yet to be verified. */
    record NotVerified() implements SignInResult {}

    /** Too many failures with this e-mail. */
    record TooManyAttempts(Duration retryAfter) implements SignInResult {}

    /** Too many people sign in at this moment. */
    record Busy(Duration retryAfter) implements SignInResult {}
}
