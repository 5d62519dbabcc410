package io.openrun.stock;

/** What the strategies share. */
record LedgerParts(
        LedgerSettings settings,
        StockDatabase database,
        LedgerTables tables,
        LedgerTransaction transactions,
        CommitOutcome outcomes,
        RefusalMemory memory,
        LedgerMetrics metrics) {}
