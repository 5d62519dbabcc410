package io.openrun.engines;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts the engines and waits to be killed. */
final class EnginesKeptRunning {

    static final String READY = "engines are running";

    private EnginesKeptRunning() {}

    public static void main(String[] arguments) throws Exception {
        Engines.start(Path.of(arguments[0]));
        System.out.write((READY + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
