package io.openrun.lab.contention;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be given back at the end, however the end comes: each is opened under the lock and closed in reverse
 * order, once. So an interrupt in the middle of a start waits for the step at hand and then undoes it.
 */
final class Resources implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** How something comes into being. */
    interface Opening<T extends AutoCloseable, X extends Exception> {
        T open() throws X;
    }

    synchronized <T extends AutoCloseable, X extends Exception> T open(Opening<T, X> opening) throws X {
        if (closed) {
            throw new IllegalStateException("the laboratory is being closed");
        }
        T opened = opening.open();
        open.push(opened);
        return opened;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log.warn("something was left behind", e);
            }
        }
    }
}
