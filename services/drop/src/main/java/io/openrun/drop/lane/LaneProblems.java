package io.openrun.drop.lane;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.openrun.platform.problem.Problem;

/** What is wrong with requests that do not even get to be read. */
final class LaneProblems {

    private LaneProblems() {}

    static Problem tooLarge(int maxBytes) {
        return Problem.of(413, "PAYLOAD_TOO_LARGE").with("maxBytes", maxBytes);
    }

    static Problem undecodable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpHeaderException headers -> Problem.of(431, "HEADERS_TOO_LARGE");
            case TooLongHttpLineException line -> Problem.of(414, "ADDRESS_TOO_LONG");
            default -> Problem.of(400, "BAD_REQUEST");
        };
    }
}
