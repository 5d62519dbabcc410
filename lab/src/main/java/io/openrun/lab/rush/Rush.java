package io.openrun.lab.rush;

import io.openrun.lab.load.LoadClient;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.load.Run;
import io.openrun.lab.load.Tally;
import io.openrun.lab.shop.Crowd;
import io.openrun.lab.shop.Progress;
import io.openrun.lab.shop.Purchases;
import io.openrun.lab.shop.ShopAddress;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stampede from beginning to end: shoppers gather, a drop is scheduled, everyone visits it (their token is
 * verified and their connection warm), all run at the opening instant, the winners check out, and the verdict
 * is read.
 */
final class Rush {

    private static final int THREADS = 2;
    private static final Duration VISIT_WITHIN = Duration.ofMinutes(5);
    private static final Duration STAMPEDE_WITHIN = Duration.ofMinutes(2);

    private final RushPlan plan;
    private final ShopAddress address;
    private final ShopClient shop;
    private final String admin;
    private final Progress progress;

    /** Runs at the shop at this address, with an administrator's token. */
    Rush(RushPlan plan, ShopAddress address, ShopClient shop, String admin, Progress progress) {
        this.plan = plan;
        this.address = address;
        this.shop = shop;
        this.admin = admin;
        this.progress = progress;
    }

    Verdict run() throws IOException {
        Crowd crowd = gather();
        int connections = Math.min(plan.buyers(), LoadClient.CONNECTIONS_MAX);
        try (LoadClient client = LoadClient.open(socket(address.lane()), connections, THREADS)) {
            RushDrop drop = RushDrop.schedule(shop, admin, plan);
            visit(client, crowd, drop);
            Stampede stampede = stampede(client, crowd, drop.openSoon(shop, admin));
            DropAudit held = drop.audit(shop, admin);
            Aftermath aftermath = checkOut(crowd, stampede.winners());
            return Verdict.of(plan, stampede, held, aftermath, drop.audit(shop, admin));
        }
    }

    private Crowd gather() {
        AtomicInteger gathered = new AtomicInteger();
        return progress.during(
                () -> "%,d of %,d shoppers have their tokens".formatted(gathered.get(), plan.buyers()),
                () -> shop.shoppers(plan.buyers(), gathered::set));
    }

    private void visit(LoadClient client, Crowd crowd, RushDrop drop) throws IOException {
        Tally tally = new Tally(0, 1);
        progress.during(
                () -> "%,d of %,d shoppers stand before the door (%,d connections)"
                        .formatted(tally.count(Outcome.OK), plan.buyers(), client.connections()),
                () -> client.run(
                        Run.visits(Purchases.visits(crowd, address.lane(), drop.id()), VISIT_WITHIN),
                        tally::forOneThread));
        if (tally.count(Outcome.OK) < plan.buyers()) {
            throw new ShopException("only %,d of %,d shoppers could visit the drop: %s"
                    .formatted(tally.count(Outcome.OK), plan.buyers(), tally.reasons()));
        }
    }

    private Stampede stampede(LoadClient client, Crowd crowd, RushDrop drop) throws IOException {
        Stampede stampede = new Stampede();
        long opening = drop.openingNanos(shop);
        progress.step("the door opens in %.1f s".formatted((opening - System.nanoTime()) / 1e9));
        progress.during(
                () -> "%,d of %,d answered, %,d sold"
                        .formatted(stampede.answeredCount(), plan.buyers(), stampede.sold()),
                () -> client.run(
                        Run.allAtOnce(
                                Purchases.of(crowd, address.lane(), List.of(drop.id())), opening, STAMPEDE_WITHIN),
                        stampede));
        return stampede;
    }

    private Aftermath checkOut(Crowd crowd, List<Winner> winners) {
        Checkout checkout = new Checkout(shop, crowd);
        return progress.during(
                () -> "%,d of %,d winners' orders are settled".formatted(checkout.settled(), winners.size()),
                () -> checkout.run(plan, winners));
    }

    private static InetSocketAddress socket(URI uri) {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }
}
