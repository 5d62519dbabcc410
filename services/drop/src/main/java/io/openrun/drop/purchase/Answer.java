package io.openrun.drop.purchase;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a purchase, the same bytes on both ports.
 *
 * @param outcome for metrics: {@code HELD}, or the problem's code
 * @param language of a problem's words, null when there are none
 * @param replayed whether it repeats an earlier answer
 * @param retryAfterMillis when to come back, 0 when there is nothing to wait for
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying would defeat the fast lane
public record Answer(
        int status, String outcome, byte[] body, @Nullable Locale language, boolean replayed, long retryAfterMillis) {

    /** Whether the body is a problem. */
    public boolean isProblem() {
        return language != null;
    }

    /** {@code Retry-After}, in whole seconds, at least 1 where there is something to wait for. */
    public long retryAfterSeconds() {
        return (retryAfterMillis + 999) / 1000;
    }
}
