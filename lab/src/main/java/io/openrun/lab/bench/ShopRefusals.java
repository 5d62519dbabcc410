package io.openrun.lab.bench;

import io.openrun.lab.load.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The whole shop refuses over HTTP: everything is sold out, and nothing may be sold. */
record ShopRefusals(BenchShop shop, int connections) implements Contender {

    @Override
    public Sample run(Duration measured) throws IOException, SQLException {
        List<String> drops = shop.soldOutDrops(HttpRun.whole(measured));
        HttpRun run = HttpRun.go(shop.lane(), connections, shop.purchases(drops), measured, shop.pids());
        List<String> faults = new ArrayList<>(run.faults());
        // Each drop's only unit was sold on an errand before the run.
        faults.addAll(AuditedSale.books(shop)
                .faults(
                        drops.stream().map(UUID::fromString).toList(),
                        drops.size() + run.tally().count(Outcome.OK),
                        0));
        run.tally().reasons().forEach((code, count) -> {
            if (!code.equals("SOLD_OUT")) {
                faults.add("%,d answers were %s".formatted(count, code));
            }
        });
        return Sample.of(run.tally(), Outcome.REFUSED, run.usage(), List.of(), faults);
    }
}
