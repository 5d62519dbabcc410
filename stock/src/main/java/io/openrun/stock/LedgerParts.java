package io.openrun.stock;

/** What the strategies share. */
record LedgerParts(
        LedgerSettings settings,
        StockDatabase database,
        LedgerReads reads,
        LedgerWrites writes,
        LedgerTransaction transactions,
        CommitOutcome outcomes,
        RefusalMemory memory,
        LedgerMetrics metrics) {}
