package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.ClosedLoop;
import io.openrun.lab.contention.instance.SaleWatch;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Task;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One instance's share of a crowd that comes over HTTP from this process, by the same rules as inside an instance. */
final class HttpCrowd implements AutoCloseable {

    private final HttpDoor door;
    private final Task task;

    HttpCrowd(int port, Task task) throws IOException {
        this.door = new HttpDoor(port, task.clients());
        this.task = task;
    }

    /**
     * Lets them all come, when it is called.
     *
     * @param watches makes what looks how far the sale is, if its holds run out
     * @param looks where it is counted how often it looked
     */
    Callable<Share> visit(Supplier<SaleWatch> watches, AtomicLong looks) {
        return () -> {
            if (!task.workload().holdsRunOut()) {
                return new ClosedLoop(door, task, System.nanoTime()).run();
            }
            try (SaleWatch watch = watches.get()) {
                Share share = new ClosedLoop(door, task, System.nanoTime(), watch::isOver).run();
                looks.addAndGet(watch.looks());
                return share;
            }
        };
    }

    @Override
    public void close() {
        door.close();
    }
}
