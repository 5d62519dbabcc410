package io.openrun.lab.explain;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** A column of the script: one buyer, or the writer who decides for both. */
final class Lane {

    private static final int NONE = -1;

    private final String title;
    private final Gate gate = new Gate();
    private final AtomicInteger backend = new AtomicInteger(NONE);

    Lane(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Gate gate() {
        return gate;
    }

    /** The database's process that serves them now. */
    void servedBy(int pid) {
        backend.set(pid);
    }

    OptionalInt backend() {
        int pid = backend.get();
        return pid == NONE ? OptionalInt.empty() : OptionalInt.of(pid);
    }
}
