package io.openrun.stock;

import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's own strategies keep the contract. */
@ParameterizedClass(name = "{0} on {1} instances")
@CsvSource({
    "group-commit, 1", "group-commit, 2",
    "conditional-update, 1", "conditional-update, 2",
    "pessimistic, 1", "pessimistic, 2",
    "optimistic, 1", "optimistic, 2",
    "unit-rows, 1", "unit-rows, 2",
    "redis-lock, 1", "redis-lock, 2",
    "redis-lua, 1", "redis-lua, 2"
})
class StockLedgerContractTest extends StockLedgerContract {

    @Parameter(0)
    String strategy;

    @Parameter(1)
    int instances;

    @BeforeParameterizedClassInvocation
    static void open(String strategy, int instances) throws Exception {
        openShops(instances, site -> new EngineInstance(strategy, site));
    }

    @Test
    void sellsToTheFirstWhoCameAndInTheirOrder() throws Exception {
        assumeThat(strategy).as("these let buyers pass each other, and say so").isNotIn(Optimistic.NAME, UnitRows.NAME);
        StockId stock = shops().stock(limited(200, 1));
        List<List<CompletableFuture<HoldResult>>> asked = new ArrayList<>();
        for (int instance = 0; instance < instances; instance++) {
            asked.add(new ArrayList<>());
        }
        for (int arrival = 0; arrival < 300; arrival++) {
            asked.get(arrival % instances).add(ledger(arrival % instances).hold(oneOf(stock)));
        }

        for (List<CompletableFuture<HoldResult>> arrivals : asked) {
            List<HoldResult> answers = new ArrayList<>();
            for (CompletableFuture<HoldResult> arrival : arrivals) {
                answers.add(answer(arrival));
            }
            List<Hold> won = held(answers);
            assertThat(won.stream().map(Hold::sequence)).isSorted();
            assertThat(answers.subList(0, won.size()))
                    .as("nobody who came later won instead")
                    .allMatch(HoldResult.Held.class::isInstance);
        }
        assertThat(shops().cleanAudit(stock).held()).isEqualTo(200);
    }

    private record EngineInstance(StockLedgers ledgers, String strategy) implements LedgerFactory.Instance {

        EngineInstance(String strategy, LedgerFactory.Site site) {
            this(
                    new StockLedgers(
                            site.dataSource(),
                            site.schema(),
                            site.redisUrl(),
                            Shops.patient(),
                            new SimpleMeterRegistry()),
                    strategy);
        }

        @Override
        public StockLedger ledger() {
            return ledgers.named(strategy);
        }

        @Override
        public void close() {
            ledgers.close();
        }
    }
}
