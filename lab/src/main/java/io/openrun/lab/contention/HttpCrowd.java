package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.ClosedLoop;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Task;
import java.io.IOException;
import java.util.concurrent.Callable;

/** One instance's share of a crowd that comes over HTTP from this process, by the same rules as inside an instance. */
final class HttpCrowd implements AutoCloseable {

    private final HttpDoor door;
    private final Task task;

    HttpCrowd(int port, Task task) throws IOException {
        this.door = new HttpDoor(port, task.clients());
        this.task = task;
    }

    /** Lets them all come, when it is called. */
    Callable<Share> visit() {
        return () -> new ClosedLoop(door, task, System.nanoTime()).run().share();
    }

    @Override
    public void close() {
        door.close();
    }
}
