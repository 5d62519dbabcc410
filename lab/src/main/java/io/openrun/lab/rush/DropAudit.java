package io.openrun.lab.rush;

import io.openrun.lab.shop.ShopClient.Reply;

/**
 * The shop's own count of a drop, from {@code GET /drops/{id}/audit}.
 *
 * @param limitViolations people with more than the limit
 * @param miscounted units by which the shop's counters differ from its holds
 */
record DropAudit(
        long quantity,
        long remaining,
        long held,
        long confirmed,
        long oversold,
        long duplicates,
        long sequenceGaps,
        long limitViolations,
        long miscounted) {

    static DropAudit from(Reply reply) {
        return new DropAudit(
                reply.number("quantity"),
                reply.number("remaining"),
                reply.number("held"),
                reply.number("confirmed"),
                reply.number("oversold"),
                reply.number("duplicates"),
                reply.number("sequenceGaps"),
                reply.number("limitViolations"),
                reply.number("miscounted"));
    }

    /** Whether {@code held + confirmed + remaining = quantity}. */
    boolean conserved() {
        return held + confirmed + remaining == quantity;
    }
}
