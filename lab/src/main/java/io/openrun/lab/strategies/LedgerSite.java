package io.openrun.lab.strategies;

import io.micrometer.core.instrument.MeterRegistry;
import io.openrun.stock.StockSchema;
import javax.sql.DataSource;

/**
 * Where a ledger works.
 *
 * @param dataSource connections to the database, pooled by the caller
 * @param schema the schema that has the engine's tables
 * @param redisUrl for example {@code redis://localhost:6379}
 * @param meters where retries and lock time-outs are counted
 */
public record LedgerSite(DataSource dataSource, StockSchema schema, String redisUrl, MeterRegistry meters) {}
