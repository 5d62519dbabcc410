package io.openrun.lab.load;

/** What became of one request. */
public enum Outcome {
    /** A 2xx answer arrived. */
    OK,
    /** The shop said no, with a reason: 409, 422, 429, or a 503 that asks to come back. */
    REFUSED,
    /** Any other answer, or the request could never be sent. */
    FAILED,
    /** Sent, but the connection was cut or the time ran out before the answer: it may have had its effect. */
    UNKNOWN
}
