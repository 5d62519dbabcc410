package io.openrun.drop.relay;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether the sale needs the machine for itself. Asked from one thread. */
final class SaleLoad {

    private static final long SAMPLE_NANOS = 200_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final HoldNews news;
    private final RelaySettings settings;
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long sampledAt = System.nanoTime();
    private long counted;
    private boolean saturated;

    SaleLoad(HoldNews news, RelaySettings settings) {
        this.news = news;
        this.settings = settings;
    }

    /** As of the last fifth of a second: a stampede is on and the processors are busy. */
    boolean isSaturated() {
        long now = System.nanoTime();
        long elapsed = now - sampledAt;
        if (elapsed >= SAMPLE_NANOS) {
            long count = news.count();
            double holdsPerSecond = (count - counted) * NANOS_PER_SECOND / elapsed;
            saturated = system.getCpuLoad() > settings.yieldAboveCpu()
                    && holdsPerSecond > settings.yieldAboveHoldsPerSecond();
            counted = count;
            sampledAt = now;
        }
        return saturated;
    }
}
