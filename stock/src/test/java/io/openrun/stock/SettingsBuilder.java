package io.openrun.stock;

import java.time.Duration;

/** The default bounds with some of them changed; a Redis on a machine that stands still for seconds is not away. */
final class SettingsBuilder {

    private final LedgerSettings defaults = LedgerSettings.defaults();
    private int queuePerStock = defaults.queuePerStock();
    private int maxBatch = defaults.maxBatch();
    private int writers = defaults.writers();
    private int concurrentCalls = defaults.concurrentCalls();
    private int rememberedStocks = defaults.rememberedStocks();
    private Duration memory = defaults.memory();
    private Duration databaseTimeout = defaults.databaseTimeout();
    private Duration redisTimeout = Duration.ofSeconds(15);
    private Duration outcomeWait = defaults.outcomeWait();
    private Duration drain = defaults.drain();

    SettingsBuilder queuePerStock(int value) {
        queuePerStock = value;
        return this;
    }

    SettingsBuilder maxBatch(int value) {
        maxBatch = value;
        return this;
    }

    SettingsBuilder writers(int value) {
        writers = value;
        return this;
    }

    SettingsBuilder concurrentCalls(int value) {
        concurrentCalls = value;
        return this;
    }

    SettingsBuilder rememberedStocks(int value) {
        rememberedStocks = value;
        return this;
    }

    SettingsBuilder memory(Duration value) {
        memory = value;
        return this;
    }

    SettingsBuilder databaseTimeout(Duration value) {
        databaseTimeout = value;
        return this;
    }

    SettingsBuilder redisTimeout(Duration value) {
        redisTimeout = value;
        return this;
    }

    SettingsBuilder outcomeWait(Duration value) {
        outcomeWait = value;
        return this;
    }

    SettingsBuilder drain(Duration value) {
        drain = value;
        return this;
    }

    LedgerSettings build() {
        return new LedgerSettings(
                queuePerStock,
                defaults.queueInAll(),
                maxBatch,
                writers,
                concurrentCalls,
                memory,
                rememberedStocks,
                defaults.retryAfter(),
                databaseTimeout,
                redisTimeout,
                outcomeWait,
                drain);
    }
}
