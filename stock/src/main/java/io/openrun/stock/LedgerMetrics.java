package io.openrun.stock;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts decisions by outcome, once per batch, what it took to reach them, and measures batches and the queue. */
final class LedgerMetrics {

    private final MeterRegistry registry;
    private final Tag schema;
    private final DistributionSummary batchSize;
    private final Map<Decision, Counter> decisions = new ConcurrentHashMap<>();
    private final Map<String, Counter> retries = new ConcurrentHashMap<>();
    private final Map<String, Counter> lockTimeouts = new ConcurrentHashMap<>();

    private record Decision(String strategy, Class<?> outcome) {
        String outcomeName() {
            return outcome.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        }
    }

    LedgerMetrics(MeterRegistry registry, StockSchema schema) {
        this.registry = registry;
        this.schema = Tag.of("schema", schema.name());
        this.batchSize = DistributionSummary.builder("openrun.stock.batch")
                .description("Requests decided in one transaction")
                .tags(Tags.of(this.schema))
                .register(registry);
    }

    void queue(InFlight inFlight) {
        Gauge.builder("openrun.stock.queued", inFlight, InFlight::count)
                .description("Requests queued or being decided")
                .tags(Tags.of(schema))
                .register(registry);
    }

    void decided(String strategy, List<Ask<?>> asks) {
        batchSize.record(asks.size());
        Map<Class<?>, Integer> counts = new HashMap<>();
        asks.forEach(ask -> counts.merge(ask.decision().getClass(), 1, Integer::sum));
        counts.forEach((outcome, count) -> counter(strategy, outcome).increment(count));
    }

    void decided(String strategy, Ask<?> ask) {
        counter(strategy, ask.decision().getClass()).increment();
    }

    /** Answered without the database. */
    void remembered(HoldResult refusal) {
        counter("memory", refusal.getClass()).increment();
    }

    /** Somebody came in between, so the decision is made again. */
    void retried(String strategy) {
        retries.computeIfAbsent(
                        strategy,
                        name -> perStrategy(
                                "openrun.stock.retries", "Decisions made again because somebody came in between", name))
                .increment();
    }

    /** A lock, in the database or in Redis, was not got in time. */
    void lockTimedOut(String strategy) {
        lockTimeouts
                .computeIfAbsent(
                        strategy,
                        name -> perStrategy("openrun.stock.lock.timeouts", "Locks that were not got in time", name))
                .increment();
    }

    private Counter perStrategy(String name, String description, String strategy) {
        return Counter.builder(name)
                .description(description)
                .tags(Tags.of(schema))
                .tag("strategy", strategy)
                .register(registry);
    }

    private Counter counter(String strategy, Class<?> outcome) {
        return decisions.computeIfAbsent(
                new Decision(strategy, outcome), decision -> Counter.builder("openrun.stock.decisions")
                        .description("Answers by outcome")
                        .tags(Tags.of(schema))
                        .tag("strategy", strategy)
                        .tag("outcome", decision.outcomeName())
                        .register(registry));
    }
}
