package io.openrun.lab.contention;

import java.util.Arrays;
import java.util.Optional;

/** What the buyers do. */
public enum Workload {
    /** Many buyers, little stock, everybody at once: is exactly the stock sold, to the first? */
    SELL_OUT("sell-out"),
    /** One stock that never runs out: how many sales a second does the hot row allow? */
    SUSTAINED("sustained"),
    /** Many stocks, everybody at another one: little contention, where optimistic locking may win. */
    SCATTERED("scattered"),
    /** Orders of several stocks at once, all or nothing: who deadlocks? */
    MULTI_ITEM("multi-item"),
    /** Half of the buyers leave: holds run out and come back while others wait for them, until all units are sold. */
    ABANDONMENT("abandonment");

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    /** Its name on the command line and in reports. */
    public String title() {
        return title;
    }

    /** The workload of that name. */
    public static Optional<Workload> named(String title) {
        return Arrays.stream(values()).filter(w -> w.title.equals(title)).findFirst();
    }

    /** Whether it is over when everything is sold and everybody served, and not after some time. */
    public boolean endsByItself() {
        return this == SELL_OUT || this == ABANDONMENT;
    }

    /** Whether holds are short and have to be swept. */
    public boolean holdsRunOut() {
        return this == ABANDONMENT;
    }
}
