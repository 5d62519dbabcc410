package io.openrun.engines;

import java.util.concurrent.CountDownLatch;

/** A program that says it is ready and waits to be killed. */
final class Waiting {

    static final String READY = "ready";

    private Waiting() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
