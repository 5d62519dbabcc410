package io.openrun.lab.bench;

import java.util.Arrays;
import java.util.Optional;

/** A ratio to reach, between two things measured in the same run on the same machine. */
enum Bar {
    /** Sold-out refusals against a server that does nothing else. */
    A(Side.REFUSALS, Side.BARE_REFUSALS, "refusals/s of the shop / bare Reactor Netty, same bytes", 0.85, 0.95),
    /** Durable sales against a server that does nothing else. */
    B(Side.SALES, Side.BARE_SALES, "durable sales/s of the shop / bare Reactor Netty, same bytes", 0.50, 0.65),
    /** Durable sales over HTTP against a commit for each sale without HTTP. */
    C(
            Side.SALES,
            Side.SINGLE_SALES,
            "durable sales/s over HTTP / one sale per transaction, 32 clients, no HTTP",
            20,
            35),
    /** The default strategy against a lock in Redis. */
    D(Side.SALES, Side.LOCKED_SALES, "durable sales/s / the same endpoint with redis-lock", 40, 80),
    /** How late the default strategy answers against a lock in Redis, where both keep up; the smaller the better. */
    E(
            Side.SALES_P99,
            Side.LOCKED_P99,
            "p99 of group-commit / p99 of redis-lock, open loop, both at the rate redis-lock holds",
            1 / 50.0,
            1 / 200.0),
    /** Many connections against few. */
    F(Side.SALES, Side.SALES_100, "durable sales/s with 1,000 connections / with 100", 0.9, 1.0),
    /** A long-lived shop against a fresh one. */
    G(Side.LATE_SALES, Side.SALES, "durable sales/s beyond 10 million holds / on a fresh stock", 0.8, 0.95),
    /** Two processes on one stock against one. */
    H(
            Side.TWO_INSTANCES,
            Side.ONE_INSTANCE,
            "durable sales/s of two drop services on the same stocks / of one",
            0.8,
            0.95),
    /** Start-up with the AOT cache against without; the smaller the better. */
    J(Side.TRAINED_START, Side.COLD_START, "start-up with the AOT cache / without, process start to ready", 0.45, 0.3);

    private final Side numerator;
    private final Side denominator;
    private final String meaning;
    private final double reach;
    private final double stretch;

    Bar(Side numerator, Side denominator, String meaning, double reach, double stretch) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.meaning = meaning;
        this.reach = reach;
        this.stretch = stretch;
    }

    static Optional<Bar> named(String name) {
        return Arrays.stream(values()).filter(bar -> bar.name().equals(name)).findFirst();
    }

    Side numerator() {
        return numerator;
    }

    Side denominator() {
        return denominator;
    }

    String meaning() {
        return meaning;
    }

    double reach() {
        return reach;
    }

    double stretch() {
        return stretch;
    }

    boolean reached(double ratio) {
        return stretch < reach ? ratio <= reach : ratio >= reach;
    }

    String unit() {
        return numerator.unit();
    }
}
