package io.openrun.lab.bench;

import io.openrun.engines.DemoAccounts;
import io.openrun.engines.RunningShop;
import io.openrun.engines.ShopPlan;
import io.openrun.engines.ShopProcess;
import io.openrun.lab.load.LoadClient;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.load.Run;
import io.openrun.lab.load.Tally;
import io.openrun.lab.shop.Crowd;
import io.openrun.lab.shop.Progress;
import io.openrun.lab.shop.Purchases;
import io.openrun.lab.shop.ShopAddress;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopClient.Reply;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The shop under measurement: started for the bench alone, with a crowd whose tokens it has verified before
 * anything is measured, because verifying a token once and remembering it is the design.
 */
final class BenchShop implements AutoCloseable {

    /** More than any side could answer, so that requests never run out in a run. */
    private static final int PER_SECOND_MAX = 150_000;

    /** Each drop has enough for 30 s of sales at a rate no machine of this class reaches. */
    private static final long UNITS_PER_DROP = 3_000_000;

    private static final int VISITORS_AT_ONCE = 64;
    private static final Duration VISITS_WITHIN = Duration.ofMinutes(10);
    private static final int PAYMENT_WINDOW_SECONDS = 86_400;
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final RunningShop running;
    private final int shoppers;
    private final Progress progress;
    private final ShopClient client;
    private final ShopAddress address;

    private Crowd crowd = new Crowd(0);
    private String errandToken = "";

    BenchShop(RunningShop running, int shoppers, Progress progress) {
        this.running = running;
        this.shoppers = shoppers;
        this.progress = progress;
        this.address = new ShopAddress(
                running.shop().base(), running.shop().lane(), running.secrets().serviceKey());
        this.client = new ShopClient(address);
    }

    InetSocketAddress lane() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), address.lane().getPort());
    }

    long postgresPid() {
        return running.engines().postgres().pid();
    }

    /** Whose use of the machine is worth telling. */
    Map<String, Long> pids() {
        return Map.of("shop", running.shop().pid(), "database", postgresPid());
    }

    String jdbcUrl() {
        return running.engines().postgres().jdbcUrl();
    }

    /** Everyone of the crowd at one fresh drop after another, as many drops as the run could need. */
    Purchases purchases(List<String> drops) {
        return Purchases.of(crowd, address.lane(), drops);
    }

    /** The order of a purchase, as its buyer sees it. */
    Reply order(UUID order, int request) {
        return client.get("/orders/" + order, crowd.token(request % crowd.size()));
    }

    /** Open drops with plenty of units, guarded by a strategy (the default when null), for a run at the highest rate. */
    List<String> openDrops(Duration run, @Nullable String strategy) throws IOException {
        return openDrops(run, PER_SECOND_MAX, strategy);
    }

    /** Open drops with plenty of units, for a run at that rate. */
    List<String> openDrops(Duration run, double perSecond, @Nullable String strategy) throws IOException {
        gatherOnce();
        return drops(dropsFor(run, perSecond), UNITS_PER_DROP, strategy);
    }

    /** One drop more than such a run needs: the requests must not run out. */
    private int dropsFor(Duration run, double perSecond) {
        return 1 + (int) (perSecond * run.toSeconds() / shoppers);
    }

    /** Starts a process of the drop service alone on the shop's engines; everybody has shown their token there. */
    ShopProcess startDropService(String name) throws IOException {
        gatherOnce();
        ShopProcess instance = ShopProcess.launch(
                ShopPlan.onFreePorts(running.home(), running.shop().plan().environment())
                        .with("OPENRUN_DEMO", "false")
                        .with("OPENRUN_USER_URL", address.base().toString())
                        .with("OPENRUN_CATALOG_URL", address.base().toString())
                        .with("OPENRUN_ORDER_URL", address.base().toString())
                        .with("OPENRUN_PAYMENT_URL", address.base().toString()),
                new ShopProcess.Part(name, "io.openrun.drop.DropService"));
        try {
            instance.awaitReady(READY_LIMIT);
            visit(laneOf(instance), drops(1, 1, null).getFirst());
            return instance;
        } catch (IOException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    /** Where a process answers purchases. */
    static InetSocketAddress laneOf(ShopProcess instance) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), instance.lane().getPort());
    }

    /** Open drops whose only unit is gone. */
    List<String> soldOutDrops(Duration run) throws IOException {
        gatherOnce();
        List<String> drops = drops(dropsFor(run, PER_SECOND_MAX), 1, null);
        for (String drop : drops) {
            ShopClient.expect(
                    client.post("/drops/" + drop + "/purchases", errandToken, Map.of("quantity", 1)),
                    "buy the only unit of a drop");
        }
        return drops;
    }

    /** Names of as many drops, for a server that looks at none of them. */
    List<String> namesOfDrops(Duration run) throws IOException {
        gatherOnce();
        return Stream.generate(() -> UUID.randomUUID().toString())
                .limit(dropsFor(run, PER_SECOND_MAX))
                .toList();
    }

    /** An answer of the lane as it comes: of someone who buys the last unit, or of the next one, who is refused. */
    FixedAnswer captured(boolean refused) throws IOException {
        gatherOnce();
        Purchases purchases = purchases(drops(1, 1, null));
        FixedAnswer sale = FixedAnswer.capture(lane(), purchases, 0);
        return refused ? FixedAnswer.capture(lane(), purchases, 1) : sale;
    }

    @Override
    public void close() {
        client.close();
    }

    private List<String> drops(long count, long units, @Nullable String strategy) {
        String admin = client.login(DemoAccounts.ADMIN, running.accounts().adminPassword());
        String product = ShopClient.expect(
                        client.post(
                                "/products", admin, Map.of("name", "Bench", "price", 1_000, "quantity", count * units)),
                        "create a product")
                .text("id");
        Instant now = Instant.now();
        Map<String, Object> drop = new HashMap<>();
        drop.put("productId", product);
        drop.put("title", "Bench");
        drop.put("quantity", units);
        drop.put("price", 1_000);
        drop.put("perUserLimit", 1);
        drop.put("opensAt", now.minusSeconds(60).toString());
        drop.put("closesAt", now.plus(Duration.ofDays(1)).toString());
        drop.put("paymentWindowSeconds", PAYMENT_WINDOW_SECONDS);
        if (strategy != null) {
            drop.put("strategy", strategy);
        }
        List<String> ids = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            ids.add(ShopClient.expect(client.post("/drops", admin, drop), "schedule a drop")
                    .text("id"));
        }
        return ids;
    }

    /** Their tokens are good for a day, which is longer than any bench. */
    private void gatherOnce() throws IOException {
        if (crowd.size() == shoppers) {
            return;
        }
        progress.step("%,d shoppers get their tokens and show them once".formatted(shoppers));
        Crowd newcomers = client.shoppers(shoppers + 1, gathered -> {});
        errandToken = newcomers.takeLast();
        crowd = newcomers;
        visit(lane(), drops(1, 1, null).getFirst());
    }

    private void visit(InetSocketAddress lane, String drop) throws IOException {
        Tally tally = new Tally(0, 1);
        try (LoadClient visitors = LoadClient.open(lane, VISITORS_AT_ONCE, HttpRun.THREADS)) {
            visitors.run(
                    Run.closedLoop(Purchases.visits(crowd, address.lane(), drop), VISITS_WITHIN), tally::forOneThread);
        }
        if (tally.count(Outcome.OK) != shoppers) {
            throw new ShopException("only %,d of %,d shoppers could show their token: %s"
                    .formatted(tally.count(Outcome.OK), shoppers, tally.reasons()));
        }
    }
}
