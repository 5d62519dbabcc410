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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code up}, from the first check to the last process stopped.
 *
 * <p>Starting and stopping exclude each other by this object's monitor: an interrupt in the middle of a start
 * waits for the step at hand, then stops what there is, in order: shop, Kafka, Redis, PostgreSQL.
 */
final class UpRun {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final int CROWD = 3_000;
    /** Enough to meet all the code there is. */
    private static final int SMALL_CROWD = 300;

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
    private volatile boolean isRecorded;
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
        if (external.none() && fasterStart.beginsToLearn()) {
            learn();
            ports.requireFree();
        }
        var launched = launchEngines(fasterStart.kafkaOptions());
        var launchedShop = launchShop(launched, ports, fasterStart.shopOptions());
        launched.awaitReady();
        var started = launchedShop.awaitReady(READY_LIMIT);
        isReady = true;
        ShopFile.of(started, started.plan().environment().getOrDefault("OPENRUN_SERVICE_KEY", ""))
                .writeTo(data);
        new Announcement(data, started, external.none(), Duration.ofNanos(System.nanoTime() - begun)).printTo(out);
        Thread.ofPlatform().name("rehearsal").daemon().start(new Rehearsal(started, CROWD)::run);
        return started;
    }

    /**
     * Starts everything once to be recorded, stops it, and makes the start-up caches of that; so also the first rush after
     * a build finds a shop that knows its code.
     */
    private void learn() {
        out.println(
                "Learning to start fast: once after a build, for a minute or two (--no-faster-start does without).");
        isRecorded = true;
        var launched = launchEngines(fasterStart.recordedKafkaOptions());
        var recorded = launchShop(launched, Ports.ANY, fasterStart.recordedShopOptions());
        launched.awaitReady();
        try {
            recorded.awaitReady(READY_LIMIT);
        } catch (EngineException e) {
            if (!recorded.isAlive()) {
                throw e;
            }
            // It happened to one recorded start of about a hundred; the cause was not found.
            out.println(e.getMessage());
            out.println("It was being recorded; going on without that, and keeping its log as shop.previous.log ...");
            recorded.kill();
            launched.killKafka();
            stop(recorded, launched);
            return;
        }
        new Rehearsal(recorded, SMALL_CROWD).run();
        out.println("Making the start-up caches ...");
        fasterStart.learnFrom(recorded, launched.kafka());
        stop(recorded, launched);
        fasterStart.awaitCaches();
    }

    private synchronized void stop(ShopProcess recorded, Engines launched) {
        requireNotStopping();
        isRecorded = false;
        recorded.close();
        launched.close();
        shop = null;
        engines = null;
    }

    private synchronized Engines launchEngines(List<String> kafkaOptions) {
        requireNotStopping();
        if (!external.toStartHere().isEmpty()) {
            out.println("Starting " + external.namesOfThoseHere() + " ...");
        }
        var launched = Engines.launch(data.path(), external.toStartHere(), kafkaOptions);
        engines = launched;
        return launched;
    }

    private synchronized ShopProcess launchShop(Engines launched, Ports where, List<String> jvmOptions) {
        requireNotStopping();
        out.println("Starting the shop ...");
        var plan = (external.none() ? ShopPlan.on(data.path(), launched) : externalPlan(launched))
                .withPorts(where.web(), where.fastLane(), where.managementOrAny())
                .withJvmOptions(jvmOptions);
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
            fasterStart.cancel();
            stopShop();
            stopEngines();
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
            if (isRecorded) {
                // Asked to end, it would first write down for seconds what it learned, or crash where it does so
                // already.
                engines.killKafka();
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
