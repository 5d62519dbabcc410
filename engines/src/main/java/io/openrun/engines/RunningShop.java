package io.openrun.engines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A demonstration shop on embedded engines, for tests and benchmarks: started on free ports, stopped on close.
 *
 * <p>The shop alone can be killed and started again on the same data, to prove that nothing was lost.
 */
public final class RunningShop implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final Engines engines;
    private ShopProcess shop;

    private RunningShop(Path home, Engines engines, ShopProcess shop) {
        this.home = home;
        this.engines = engines;
        this.shop = shop;
    }

    /** Starts everything on the data of {@code home} and waits until the shop is ready. */
    public static RunningShop start(Path home) {
        return start(home, UnaryOperator.identity());
    }

    /** As {@link #start(Path)}, with the plan changed by {@code adjustment} first. */
    public static RunningShop start(Path home, UnaryOperator<ShopPlan> adjustment) {
        endOrphans(home);
        var engines = Engines.start(home);
        try {
            return new RunningShop(home, engines, ready(adjustment.apply(ShopPlan.on(home, engines))));
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    /** Ends the shop and the engines that an earlier, killed run left behind on {@code home}. */
    public static void endOrphans(Path home) {
        ShopProcess.endOrphans(new EngineHome(home));
        Engines.endOrphans(home);
    }

    /** Starts the shop again, with the same plan, after it was killed or closed. */
    public void restartShop() {
        restartShop(UnaryOperator.identity());
    }

    /** Stops the shop if it still runs and starts it with a changed plan, on the same engines. */
    public void restartShop(UnaryOperator<ShopPlan> adjustment) {
        shop.close();
        shop = ready(adjustment.apply(shop.plan()));
    }

    public Path home() {
        return home;
    }

    public Engines engines() {
        return engines;
    }

    public ShopProcess shop() {
        return shop;
    }

    public DemoAccounts accounts() {
        return DemoAccounts.in(home);
    }

    public ShopSecrets secrets() {
        return ShopSecrets.in(home.resolve("keys"));
    }

    @Override
    public void close() {
        try {
            shop.close();
        } finally {
            engines.close();
        }
    }

    private static ShopProcess ready(ShopPlan plan) {
        var shop = ShopProcess.launch(plan);
        try {
            return shop.awaitReady(READY_LIMIT);
        } catch (RuntimeException e) {
            shop.close();
            throw e;
        }
    }
}
