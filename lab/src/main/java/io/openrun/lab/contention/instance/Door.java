package io.openrun.lab.contention.instance;

/** Where a crowd goes in: each request gets one receipt, and its place in the order in which requests came. */
public interface Door {

    /** Lets one request in without making its caller wait; tells the visitor exactly once, on any thread. */
    void enter(Purchase purchase, Visitor visitor);

    /** Who asked. */
    interface Visitor {

        /**
         * What came of it.
         *
         * @param arrival the request's place in the order in which requests came to the instance, or -1 if nobody knows
         */
        void told(Receipt receipt, long arrival);
    }
}
