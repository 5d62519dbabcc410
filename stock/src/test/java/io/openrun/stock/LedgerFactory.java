package io.openrun.stock;

import javax.sql.DataSource;

/** Opens the ledger under test for one instance of a shop. */
public interface LedgerFactory {

    /** Opens it; called once per instance. */
    Instance open(Site site) throws Exception;

    /**
     * Where an instance works.
     *
     * @param dataSource the instance's own connections; closed after the instance
     * @param schema the schema that has the engine's tables
     * @param redisUrl a running Redis, shared by all instances
     */
    record Site(DataSource dataSource, StockSchema schema, String redisUrl) {}

    /** A ledger, and whatever has to be closed with it. */
    interface Instance extends AutoCloseable {

        /** The same ledger each time. */
        StockLedger ledger();

        @Override
        void close();
    }
}
