package io.openrun.lab.contention.instance;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What an instance answers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
public sealed interface Reply {

    /** It is done. */
    record Done() implements Reply {}

    /** It listens there. */
    record Serving(int port) implements Reply {}

    /** That is what the crowd was told. */
    record Worked(Share share) implements Reply {}

    /** That many holds were ended. */
    record Swept(int holds) implements Reply {}

    /**
     * What has been used since the instance began, and by the ledger that is open.
     *
     * @param roundTrips to the database
     * @param ownTrips round trips and transactions that no sale needed: to see how far one is, to make the database count
     */
    record Counted(double retries, double lockTimeouts, long roundTrips, long cpuNanos, long ownTrips)
            implements Reply {}

    /** It could not be done, and why. */
    record Failed(String reason) implements Reply {}
}
