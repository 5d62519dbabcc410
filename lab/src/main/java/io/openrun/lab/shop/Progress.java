package io.openrun.lab.shop;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Tells what is going on: a line a step, and while a step lasts, one line that is written over. */
public final class Progress {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PrintWriter out;
    private final boolean overwrites = isTerminal();

    /** Prints to people. */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** Says one thing. */
    public void step(String line) {
        out.println(line);
        out.flush();
    }

    /** Shows the state while the work runs, and once when it is done. */
    public <T, X extends Exception> T during(Supplier<String> state, Work<T, X> work) throws X {
        Thread watcher = overwrites ? Thread.ofVirtual().start(() -> show(state)) : Thread.currentThread();
        try {
            return work.run();
        } finally {
            if (overwrites) {
                watcher.interrupt();
                out.print("\r");
            }
            step(state.get());
        }
    }

    @SuppressWarnings("SystemConsoleNull") // In JDK 25 it is null again when there is no terminal.
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private void show(Supplier<String> state) {
        while (!Thread.currentThread().isInterrupted()) {
            out.print("\r" + state.get() + " ");
            out.flush();
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    /** What lasts a while. */
    public interface Work<T, X extends Exception> {
        /** Does it and returns what came of it. */
        T run() throws X;
    }
}
