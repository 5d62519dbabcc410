package io.openrun.lab.bench;

/** One thing that is measured; several bars may share it. */
enum Side {
    /** The shop refuses: the drop is sold out. */
    REFUSALS("shop, sold out", "1/s"),
    /** A bare server answers the bytes of a refusal. */
    BARE_REFUSALS("bare, refusal bytes", "1/s"),
    /** The shop sells, with many connections. */
    SALES("shop, group-commit, 1,000 connections", "1/s"),
    /** A bare server answers the bytes of a sale. */
    BARE_SALES("bare, sale bytes, 1,000 connections", "1/s"),
    /** The database sells without HTTP, a transaction a sale. */
    SINGLE_SALES("one sale per transaction, JDBC", "1/s"),
    /** The shop sells under a lock in Redis. */
    LOCKED_SALES("shop, redis-lock", "1/s"),
    /** The shop sells, with a hundred connections. */
    SALES_100("shop, group-commit, 100 connections", "1/s"),
    /** The longest but one percent of answers under a lock in Redis, at a rate it holds. */
    LOCKED_P99("shop, redis-lock, p99 at a rate it holds", "ms"),
    /** The same of the default strategy, at the same rate. */
    SALES_P99("shop, group-commit, p99 at that rate", "ms"),
    /** The shop sells on top of millions of earlier holds. */
    LATE_SALES("shop, group-commit, beyond 10 million holds", "1/s"),
    /** One process of the drop service alone sells. */
    ONE_INSTANCE("one drop service", "1/s"),
    /** Two processes of the drop service sell the same stocks. */
    TWO_INSTANCES("two drop services, the same stocks", "1/s"),
    /** The shop starts from its AOT cache. */
    TRAINED_START("start-up with the AOT cache", "s"),
    /** The shop starts without an AOT cache. */
    COLD_START("start-up without", "s");

    private final String title;
    private final String unit;

    Side(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }
}
