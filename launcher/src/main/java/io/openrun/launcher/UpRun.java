package io.openrun.launcher;

import io.openrun.engines.EngineException;
import io.openrun.engines.Engines;
import io.openrun.engines.RunningShop;
import io.openrun.engines.ShopPlan;
import io.openrun.engines.ShopProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@code up}, from the first check to the last process stopped.
 *
 * <p>Starting and stopping exclude each other by this object's monitor: an interrupt in the middle of a start
 * waits for the step at hand, then stops what there is, in order: shop, Kafka, Redis, PostgreSQL.
 */
final class UpRun {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final int SHOP_DIED = 1;
    private static final int INTERRUPTED = 130;

    private final DataFolder data;
    private final Ports ports;
    private final ExternalEngines external;
    private final PrintWriter out;
    private final FasterStart fasterStart;
    private final long begun = System.nanoTime();

    private @Nullable FileChannel lock;
    private @Nullable Engines engines;
    private @Nullable ShopProcess shop;
    private boolean stopping;
    private volatile boolean isReady;

    UpRun(DataFolder data, Ports ports, ExternalEngines external, FasterStart fasterStart, PrintWriter out) {
        this.data = data;
        this.ports = ports;
        this.external = external;
        this.out = out;
        this.fasterStart = fasterStart;
    }

    /** Starts everything and returns the exit status when the shop has ended. */
    int untilStopped() {
        lock = data.tryLock().orElseThrow(this::alreadyRunning);
        var stopper = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            RunningShop.endOrphans(data.path());
            fasterStart.endOrphans();
            ports.requireFree();
            var running = start();
            running.onExit().join();
            if (!isStopping()) {
                out.println("The shop ended by itself; its log is " + running.log() + ".");
            }
            return SHOP_DIED;
        } catch (RuntimeException e) {
            if (isStopping()) {
                return INTERRUPTED;
            }
            throw e;
        }
    }

    private ShopProcess start() {
        var launched = launchEngines();
        var started = ready(launchShop(launched), launched);
        isReady = true;
        boolean learns = fasterStart.isRecording();
        if (learns) {
            out.println("Learning to start faster next time ...");
            new Rehearsal(started).run();
        }
        fasterStart.learnFrom(started, launched);
        ShopFile.of(started, started.plan().environment().getOrDefault("OPENRUN_SERVICE_KEY", ""))
                .writeTo(data);
        new Announcement(data, started, external.none(), Duration.ofNanos(System.nanoTime() - begun)).printTo(out);
        if (!learns) {
            Thread.ofPlatform().name("rehearsal").daemon().start(new Rehearsal(started)::run);
        }
        return started;
    }

    private ShopProcess ready(ShopProcess launchedShop, Engines launched) {
        launched.awaitReady();
        try {
            return launchedShop.awaitReady(READY_LIMIT);
        } catch (EngineException e) {
            if (!fasterStart.isRecording() || !launchedShop.isAlive()) {
                throw e;
            }
            // It happened to one recorded start of about a hundred; the cause was not found.
            out.println(e.getMessage());
            out.println(
                    "It was being recorded; trying once more without that, and keeping its log as shop.previous.log ...");
            launchedShop.kill();
            fasterStart.withoutShop();
            return launchShop(launched).awaitReady(READY_LIMIT);
        }
    }

    private synchronized Engines launchEngines() {
        requireNotStopping();
        if (!external.toStartHere().isEmpty()) {
            out.println("Starting " + external.namesOfThoseHere() + " ...");
        }
        var launched = Engines.launch(data.path(), external.toStartHere(), fasterStart.kafkaOptions());
        engines = launched;
        return launched;
    }

    private synchronized ShopProcess launchShop(Engines launched) {
        requireNotStopping();
        out.println("Starting the shop ...");
        var plan = (external.none() ? ShopPlan.on(data.path(), launched) : externalPlan(launched))
                .withPorts(ports.web(), ports.fastLane(), ports.managementOrAny())
                .withJvmOptions(fasterStart.shopOptions());
        var launchedShop = ShopProcess.launch(plan);
        shop = launchedShop;
        return launchedShop;
    }

    private ShopPlan externalPlan(Engines launched) {
        var environment = new LinkedHashMap<>(System.getenv());
        environment.putAll(launched.environment());
        environment.putAll(external.environment());
        environment.put("OPENRUN_DEMO", "false");
        return ShopPlan.onFreePorts(data.path(), environment);
    }

    private synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        try {
            stopShop();
            stopEngines();
            fasterStart.finish();
        } finally {
            release();
        }
    }

    private void stopShop() {
        if (shop != null) {
            ShopFile.removeFrom(data);
            if (shop.isAlive()) {
                out.println("Stopping the shop ...");
            }
            if (!isReady) {
                // It has nothing to finish, and would first wait for its database.
                shop.kill();
            }
            shop.close();
        }
    }

    private void stopEngines() {
        if (engines != null) {
            if (!external.toStartHere().isEmpty()) {
                out.println("Stopping " + external.namesOfThoseHere() + " ...");
            }
            engines.close();
            out.println("Stopped. The data stays in " + data.path() + ".");
        }
    }

    private void release() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new EngineException("Cannot release " + data.path() + ": " + e.getMessage(), e);
        }
    }

    private void requireNotStopping() {
        if (stopping) {
            throw Failure.of("Stopped while starting.");
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private Failure alreadyRunning() {
        var where = ShopFile.readFrom(data)
                .map(running -> " at " + running.base() + " (process " + running.launcherPid() + ")")
                .orElse("");
        return Failure.of(
                "Openrun is already running" + where
                        + ": stop it with Ctrl-C there, or start a second one with its own --data, --port and --fast-lane-port.");
    }
}
