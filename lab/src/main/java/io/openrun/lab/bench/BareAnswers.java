package io.openrun.lab.bench;

import io.openrun.lab.load.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bare server answers the same requests with the same bytes.
 *
 * @param counted what those bytes mean
 */
record BareAnswers(BareProcess bare, BenchShop shop, int connections, Outcome counted) implements Contender {

    @Override
    public Sample run(Duration measured) throws IOException {
        List<String> drops = shop.namesOfDrops(HttpRun.whole(measured));
        HttpRun run =
                HttpRun.go(bare.address(), connections, shop.purchases(drops), measured, Map.of("server", bare.pid()));
        List<String> faults = new ArrayList<>(run.faults());
        for (Outcome outcome : Outcome.values()) {
            long count = run.tally().count(outcome);
            if (outcome != counted && count > 0) {
                faults.add("%,d answers were %s".formatted(count, outcome));
            }
        }
        return Sample.of(run.tally(), counted, run.usage(), List.of(), faults);
    }
}
