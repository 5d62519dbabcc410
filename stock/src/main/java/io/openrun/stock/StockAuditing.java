package io.openrun.stock;

import java.util.Optional;

/** Audits a stock by one SQL statement, which sees one moment even while the sale runs. */
final class StockAuditing {

    /**
     * Trusts no counter and no constraint: everything is counted again from the rows. A limited hold must have as
     * many unit rows as its quantity; a unit given back has no slot.
     */
    private static final String AUDIT = """
            WITH audited AS (SELECT * FROM {schema}.stock WHERE id = ?),
            units AS (SELECT hold.* FROM {schema}.hold JOIN audited ON hold.stock_id = audited.id),
            holds AS (SELECT * FROM units WHERE unit = 1),
            totals AS (
                SELECT coalesce(sum(quantity) FILTER (WHERE status = 0), 0)::bigint AS held,
                       coalesce(sum(quantity) FILTER (WHERE status = 1), 0)::bigint AS confirmed,
                       count(*) - count(DISTINCT sequence)
                           + count(idempotency_key) - count(DISTINCT (holder, idempotency_key))
                               FILTER (WHERE idempotency_key IS NOT NULL) AS twice,
                       count(DISTINCT sequence) AS places,
                       coalesce(max(sequence), 0) AS last_place
                FROM holds),
            slots AS (
                SELECT count(*) - count(DISTINCT (holder, slot)) AS twice,
                       count(*) AS taken
                FROM units WHERE slot IS NOT NULL),
            over_limit AS (
                SELECT count(*) AS holders FROM (
                    SELECT holder FROM holds, audited
                    WHERE status <= 1 AND audited.per_holder_limit IS NOT NULL
                    GROUP BY holder, audited.per_holder_limit
                    HAVING sum(holds.quantity) > audited.per_holder_limit)),
            settled AS (
                SELECT count(*) AS numbers, coalesce(max(number), 0) AS last_number
                FROM {schema}.settlement JOIN audited ON settlement.stock_id = audited.id)
            SELECT audited.quantity, remaining, totals.held, totals.confirmed,
                   greatest(0, totals.held + totals.confirmed - audited.quantity) AS oversold,
                   totals.twice + slots.twice AS duplicates,
                   over_limit.holders AS limit_violations,
                   greatest(last_sequence, last_place) - places
                       + greatest(last_settlement, last_number) - numbers AS sequence_gaps,
                   abs(audited.held - totals.held) + abs(audited.confirmed - totals.confirmed)
                       + abs(audited.quantity - totals.held - totals.confirmed - remaining)
                       + CASE WHEN per_holder_limit IS NULL THEN slots.taken
                              ELSE abs(slots.taken - totals.held - totals.confirmed) END AS miscounted
            FROM audited, totals, slots, over_limit, settled
            """;

    private final StockDatabase database;

    StockAuditing(StockDatabase database) {
        this.database = database;
    }

    Optional<StockAudit> of(StockId id) {
        return database.one(
                "audit stock " + id,
                AUDIT,
                select -> select.setObject(1, id.value()),
                row -> new StockAudit(
                        row.getLong("quantity"),
                        row.getLong("remaining"),
                        row.getLong("held"),
                        row.getLong("confirmed"),
                        row.getLong("oversold"),
                        row.getLong("duplicates"),
                        row.getLong("limit_violations"),
                        row.getLong("sequence_gaps"),
                        row.getLong("miscounted")));
    }
}
