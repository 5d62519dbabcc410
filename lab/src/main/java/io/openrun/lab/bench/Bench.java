package io.openrun.lab.bench;

import io.openrun.engines.RunningShop;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.shop.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Measures the bars on engines and a shop of its own: warms every side, then interleaves their runs.
 *
 * <p>Start-up comes first, on an empty database; then everything else against one running shop.
 */
final class Bench {

    static final int MANY_CONNECTIONS = 1_000;
    static final int FEW_CONNECTIONS = 100;
    static final int LOCK_CONNECTIONS = 32;

    static final String LOCK = "redis-lock";

    private final BenchPlan plan;
    private final Path folder;
    private final Progress progress;
    private final Results results = new Results();

    Bench(BenchPlan plan, Path folder, Progress progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    Results run() throws IOException, SQLException, InterruptedException {
        progress.step("starting engines and a shop for the bench alone");
        try (OwnShop own = OwnShop.start(folder)) {
            RunningShop running = own.running();
            results.durability(Durability.of(running.engines().postgres().jdbcUrl()));
            if (plan.bars().contains(Bar.J)) {
                progress.step("training the AOT cache");
                Map<Side, Contender> starts = new EnumMap<>(Side.class);
                StartUp cold = StartUp.cold(running);
                starts.put(Side.TRAINED_START, StartUp.trained(running));
                starts.put(Side.COLD_START, cold);
                rounds(starts);
            }
            Set<Side> sides = EnumSet.noneOf(Side.class);
            plan.bars().stream().filter(bar -> bar != Bar.J).forEach(bar -> {
                sides.add(bar.numerator());
                sides.add(bar.denominator());
            });
            if (!sides.isEmpty()) {
                onRunningShop(running, sides);
            }
        }
        return results;
    }

    private void onRunningShop(RunningShop running, Set<Side> sides)
            throws IOException, SQLException, InterruptedException {
        try (BenchShop shop = new BenchShop(running, plan.shoppers(), progress);
                BareProcess refusing = BareProcess.start(shop.captured(true), folder);
                BareProcess selling = BareProcess.start(shop.captured(false), folder);
                OneSalePerTransaction single = new OneSalePerTransaction(shop.jdbcUrl(), shop.postgresPid());
                DropInstances instances = new DropInstances(shop)) {
            HeldRate rate = HeldRate.ofRedisLock(shop, progress);
            Map<Side, Contender> contenders = new EnumMap<>(Side.class);
            for (Side side : sides) {
                contenders.put(
                        side,
                        switch (side) {
                            case REFUSALS -> new ShopRefusals(shop, MANY_CONNECTIONS);
                            case BARE_REFUSALS -> new BareAnswers(refusing, shop, MANY_CONNECTIONS, Outcome.REFUSED);
                            case SALES -> new ShopSales(shop, MANY_CONNECTIONS, null);
                            case BARE_SALES -> new BareAnswers(selling, shop, MANY_CONNECTIONS, Outcome.OK);
                            case SINGLE_SALES -> single;
                            case LOCKED_SALES -> new ShopSales(shop, LOCK_CONNECTIONS, LOCK);
                            case SALES_100 -> new ShopSales(shop, FEW_CONNECTIONS, null);
                            case LOCKED_P99 -> rate::search;
                            case SALES_P99 ->
                                measured -> SteadySale.run(shop, null, rate.perSecond(), measured)
                                        .heldSample();
                            case LATE_SALES -> new LateSales(shop, plan.rounds() + 1, progress);
                            case ONE_INSTANCE -> instances.of(1);
                            case TWO_INSTANCES -> instances.of(2);
                            case TRAINED_START, COLD_START -> throw new IllegalStateException("measured before");
                        });
            }
            for (Map.Entry<Side, Contender> contender : contenders.entrySet()) {
                progress.step("warming " + contender.getKey().title());
                report(contender.getKey(), "warm-up", contender.getValue().run(plan.warm()));
            }
            rounds(contenders);
        }
    }

    private void rounds(Map<Side, Contender> contenders) throws IOException, SQLException, InterruptedException {
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Map.Entry<Side, Contender> contender : contenders.entrySet()) {
                Sample sample = contender.getValue().run(plan.measured());
                results.add(contender.getKey(), sample);
                report(contender.getKey(), "round " + round, sample);
            }
        }
    }

    private void report(Side side, String when, Sample sample) {
        progress.step(BenchReport.line(side, when, sample));
    }
}
