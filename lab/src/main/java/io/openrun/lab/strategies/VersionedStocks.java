package io.openrun.lab.strategies;

/** The stocks of those who rely on {@code @Version}. */
interface VersionedStocks extends StockRows<VersionedStock> {}
