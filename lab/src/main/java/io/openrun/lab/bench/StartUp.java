package io.openrun.lab.bench;

import io.openrun.engines.AotCache;
import io.openrun.engines.AotTraining;
import io.openrun.engines.RunningShop;
import io.openrun.engines.ShopPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Starts the shop again and again on running engines: from the start of the process until it is ready. */
final class StartUp implements Contender {

    private final RunningShop running;
    private final ShopPlan plan;

    private StartUp(RunningShop running, ShopPlan plan) {
        this.running = running;
        this.plan = plan;
    }

    static StartUp cold(RunningShop running) {
        return new StartUp(running, running.shop().plan());
    }

    /** Trains a cache first, as {@code openrun up} does on its first run. */
    static StartUp trained(RunningShop running) throws IOException {
        ShopPlan cold = running.shop().plan();
        AotCache cache = AotCache.ofShop(running.home().resolve("aot"));
        running.restartShop(plan -> cold.withJvmOptions(cache.recordingOptions()));
        Optional<AotTraining> training = cache.train(running.shop().pid());
        running.shop().close();
        training.ifPresent(AotTraining::await);
        if (!cache.isTrained()) {
            throw new IOException("there is no AOT cache of the shop; see " + running.home());
        }
        return new StartUp(running, cold.withJvmOptions(cache.options()));
    }

    /** The time to measure means nothing here: a start takes what it takes. */
    @Override
    public Sample run(Duration measured) {
        running.shop().close();
        long began = System.nanoTime();
        running.restartShop(ignored -> plan);
        return Sample.seconds((System.nanoTime() - began) / 1e9);
    }
}
