package io.openrun.user.session;

import io.openrun.user.account.Account;

/** What somebody holds who is signed in. */
record TokenPair(String accessToken, String refreshToken, long expiresInSeconds, Account account) {

    /** Keeps the secrets out of logs. */
    @Override
    public String toString() {
        return "TokenPair[…]";
    }
}
