package io.openrun.lab.load;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One bounded stretch of load over connections that are already open.
 *
 * @param requests what to send; each at most once
 * @param pace when to send it
 * @param startNanos {@link System#nanoTime} of the beginning; nothing is sent before
 * @param sendFor no request is sent after this long
 * @param answerWithin a request without an answer for this long is UNKNOWN and its connection is cut
 * @param pinned whether request {@code i} must use connection {@code i % connections}, its own shopper's
 */
public record Run(
        Requests requests, Pace pace, long startNanos, Duration sendFor, Duration answerWithin, boolean pinned) {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** Checks what cannot be kept: a steady rate goes to whichever connection is free. */
    public Run {
        if (pinned && pace instanceof Pace.Rate) {
            throw new IllegalArgumentException("a steady rate cannot be pinned to connections");
        }
    }

    static Run nothing() {
        return closedLoop(new NoRequests(), Duration.ZERO);
    }

    /** Starts now and lets any free connection send the next request. */
    public static Run closedLoop(Requests requests, Duration sendFor) {
        return new Run(requests, new Pace.ClosedLoop(), System.nanoTime(), sendFor, ANSWER_WITHIN, false);
    }

    /** Starts now, each request on its own shopper's connection, as fast as they are answered. */
    public static Run visits(Requests requests, Duration sendFor) {
        return new Run(requests, new Pace.ClosedLoop(), System.nanoTime(), sendFor, ANSWER_WITHIN, true);
    }

    /** Everyone at the given instant, each on their own connection. */
    public static Run allAtOnce(Requests requests, long startNanos, Duration sendFor) {
        return new Run(requests, new Pace.AllAtOnce(), startNanos, sendFor, ANSWER_WITHIN, true);
    }

    /** Starts now, at a steady rate whatever the server does. */
    public static Run atRate(Requests requests, double perSecond, Duration sendFor) {
        return new Run(requests, new Pace.Rate(perSecond), System.nanoTime(), sendFor, ANSWER_WITHIN, false);
    }

    /** The same, begun now. */
    public Run startingNow() {
        return new Run(requests, pace, System.nanoTime(), sendFor, answerWithin, pinned);
    }

    /** The same with another bound on waiting for an answer. */
    public Run answeredWithin(Duration bound) {
        return new Run(requests, pace, startNanos, sendFor, bound, pinned);
    }

    private record NoRequests() implements Requests {
        @Override
        public int count() {
            return 0;
        }

        @Override
        public void encode(int request, ByteBuffer out) {
            throw new IllegalStateException("there are no requests");
        }
    }
}
