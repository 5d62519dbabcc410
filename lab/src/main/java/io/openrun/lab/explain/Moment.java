package io.openrun.lab.explain;

/** What somebody is about to send, as far as it matters for stopping them there. */
enum Moment {
    /** A statement that changes nothing. */
    READ,
    /** A statement that changes rows. */
    WRITE,
    /** The end of a transaction that has changed rows. */
    COMMIT
}
