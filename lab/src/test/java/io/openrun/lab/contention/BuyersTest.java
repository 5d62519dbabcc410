package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.contention.instance.Buyers;
import io.openrun.lab.contention.instance.Purchase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuyersTest {

    private static final int PEOPLE = 2_000;
    private static final int LIMIT = 3;
    private static final int STOCKS = 10;

    @ParameterizedTest
    @EnumSource
    void areTheSameForTheSameSeed(Workload workload) {
        assertThat(crowd(workload, 7)).isEqualTo(crowd(workload, 7)).isNotEqualTo(crowd(workload, 8));
    }

    @Test
    void comeTwiceWithTheSameKeyOrForMore() {
        Buyers buyers = Buyers.of(Workload.SELL_OUT, 1, PEOPLE, LIMIT, 1);
        Map<Object, Integer> visits = new HashMap<>();
        Map<List<Object>, Integer> keys = new HashMap<>();
        Map<List<Object>, Integer> quantities = new HashMap<>();
        for (int i = 0; i < buyers.count(); i++) {
            Purchase purchase = buyers.purchase(i);
            visits.merge(purchase.buyer(), 1, Integer::sum);
            if (purchase.key() != null) {
                List<Object> once = List.of(purchase.buyer(), purchase.key());
                keys.merge(once, 1, Integer::sum);
                assertThat(quantities.putIfAbsent(once, purchase.quantity())).isIn(null, purchase.quantity());
            }
            assertThat(purchase.quantity()).isBetween(1, LIMIT);
        }

        assertThat(visits).hasSize(PEOPLE);
        long twice = visits.values().stream().filter(count -> count == 2).count();
        assertThat(visits.values()).allMatch(count -> count <= 2);
        assertThat(twice).isBetween(PEOPLE / 20L, PEOPLE / 5L);
        assertThat(keys.values().stream().filter(count -> count == 2).count()).isBetween(twice / 4, twice);
        assertThat(keys.values()).contains(1);
    }

    @Test
    void orderSeveralDifferentStocks() {
        Buyers buyers = Buyers.of(Workload.MULTI_ITEM, 1, 0, 1, STOCKS);

        Set<Integer> sizes = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            int[] stocks = buyers.purchase(i).stocks();
            assertThat(stocks).doesNotHaveDuplicates();
            assertThat(Arrays.stream(stocks)).allMatch(stock -> stock >= 0 && stock < STOCKS);
            sizes.add(stocks.length);
        }
        assertThat(sizes).containsExactlyInAnyOrder(2, 3, 4);
    }

    private static List<List<Object>> crowd(Workload workload, long seed) {
        Buyers buyers = Buyers.of(workload, seed, PEOPLE, LIMIT, STOCKS);
        return IntStream.range(0, PEOPLE)
                .mapToObj(buyers::purchase)
                .map(purchase -> List.<Object>of(
                        purchase.buyer(),
                        Arrays.toString(purchase.stocks()),
                        purchase.quantity(),
                        String.valueOf(purchase.key()),
                        purchase.intent()))
                .toList();
    }
}
