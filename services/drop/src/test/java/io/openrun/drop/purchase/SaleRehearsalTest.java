package io.openrun.drop.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.drop.DropShop;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SaleRehearsalTest {

    @Test
    void leavesNothingBehind() {
        try (var shop = DropShop.open()) {
            var drop = shop.openDrop(5, 1);

            shop.bean(SaleRehearsal.class).rehearse();

            assertThat(rows(shop, "drops.stock")).as("stocks").isEqualTo(1);
            assertThat(rows(shop, "drops.hold")).as("holds").isZero();
            assertThat(shop.audit(drop).get("remaining").longValue()).isEqualTo(5);
        }
    }

    private static long rows(DropShop shop, String table) {
        return shop.bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
