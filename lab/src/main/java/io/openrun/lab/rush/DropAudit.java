package io.openrun.lab.rush;

import io.openrun.lab.shop.ShopClient.Reply;

/** The shop's own count of a drop, from {@code GET /drops/{id}/audit}. */
record DropAudit(
        long quantity, long remaining, long held, long confirmed, long oversold, long duplicates, long sequenceGaps) {

    static DropAudit from(Reply reply) {
        return new DropAudit(
                reply.number("quantity"),
                reply.number("remaining"),
                reply.number("held"),
                reply.number("confirmed"),
                reply.number("oversold"),
                reply.number("duplicates"),
                reply.number("sequenceGaps"));
    }

    /** Whether {@code held + confirmed + remaining = quantity}. */
    boolean conserved() {
        return held + confirmed + remaining == quantity;
    }
}
