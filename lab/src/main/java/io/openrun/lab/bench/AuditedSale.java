package io.openrun.lab.bench;

import io.openrun.lab.load.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What every measured sale has around it: before it whatever is dirty is written out, and after it the orders catch up
 * and the audit is made.
 *
 * @param earlier holds that were in each of those drops before
 */
record AuditedSale(BenchShop shop, List<UUID> drops, long earlier) {

    private static final String SCHEMA = "drops";

    /** Begins a sale in drops where nothing was sold yet. */
    static AuditedSale begin(BenchShop shop, List<String> drops) throws SQLException {
        return begin(shop, drops, 0);
    }

    /** Begins a sale in drops that have so many holds each already. */
    static AuditedSale begin(BenchShop shop, List<String> drops, long earlier) throws SQLException {
        books(shop).checkpoint();
        return new AuditedSale(shop, drops.stream().map(UUID::fromString).toList(), earlier);
    }

    /** The books of the shop's drops. */
    static HoldBooks books(BenchShop shop) {
        return new HoldBooks(shop.jdbcUrl(), SCHEMA);
    }

    /** Returns when the orders of the sale are made, with what it was and whether the database agrees. */
    Sample end(HttpRun run) throws SQLException, InterruptedException {
        long told = earlier * drops.size() + run.tally().count(Outcome.OK);
        OrderLag.Caught caught = new OrderLag(shop.jdbcUrl(), drops, earlier).awaitCaughtUp();
        List<String> faults = new ArrayList<>(run.faults());
        caught.fault().ifPresent(faults::add);
        faults.addAll(books(shop).faults(drops, told, run.tally().count(Outcome.UNKNOWN)));
        return Sample.of(run.tally(), Outcome.OK, run.usage(), List.of(caught.sentence()), faults);
    }
}
