package io.openrun.lab.contention.instance;

import java.util.function.Consumer;

/** Where buyers are served, whatever guards the stock behind it. */
interface Till extends AutoCloseable {

    /** Serves one purchase without making its caller wait; tells the receipt exactly once, on any thread. */
    void sell(Purchase purchase, Consumer<Receipt> buyer);

    /** Ends holds whose time has passed; returns how many. */
    int sweep();

    @Override
    void close();
}
