package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The strategies share their tables, so one stock may be sold by all of them at once. */
class MixedStrategiesTest {

    @Test
    void sellsExactlyTheStockWhenEveryCallerUsesAnotherStrategy() throws Exception {
        try (Shops shops = Shops.open(2, Shops.patient())) {
            StockId stock = shops.stock(new StockPlan(200, 1, null, null, Duration.ofMinutes(15)));
            List<String> strategies = StockLedgers.NAMES;

            List<HoldResult> answers = allAtOnce(400, i -> shops.ledger(i, strategies.get(i / 2 % strategies.size()))
                    .hold(new HoldRequest(stock, somebody(), 1, null)));

            assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(200);
            assertThat(held(answers).stream().map(Hold::sequence).sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 200).boxed().toList());
            StockAudit audit = shops.stocks().audit(stock).orElseThrow();
            assertThat(audit.isClean()).as(audit.toString()).isTrue();
        }
    }
}
