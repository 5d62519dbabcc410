package io.openrun.drop.relay;

import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Tells the relay of this instance that something was sold, and how much is being sold. Costs nanoseconds. */
@Component
public class HoldNews {

    private final LongAdder holds = new LongAdder();
    private volatile Runnable wake = () -> {};

    /** A purchase in that drop has committed. */
    public void held(UUID drop) {
        holds.increment();
        wake.run();
    }

    /** Purchases since the process started. */
    long count() {
        return holds.sum();
    }

    /** Who wants to know; it must not block. */
    void wake(Runnable listener) {
        wake = listener;
    }
}
