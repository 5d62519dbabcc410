package io.openrun.drop.purchase;

import io.openrun.drop.admission.SlowPath;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.relay.HoldNews;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.drop.schedule.KnownDrops;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Somebody buys: the drop's terms are looked up, its engine takes the units and commits, and only then there is an
 * outcome. Used by the main port and by the fast lane alike. Never blocks the caller.
 */
@Component
public class PurchaseDrop {

    private static final Logger log = LoggerFactory.getLogger(PurchaseDrop.class);

    /** What somebody is told to wait when the drop could not even be looked up. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final KnownDrops drops;
    private final DropEngine engine;
    private final HoldNews news;
    private final SlowPath slowPath;

    PurchaseDrop(KnownDrops drops, DropEngine engine, HoldNews news, SlowPath slowPath) {
        this.drops = drops;
        this.engine = engine;
        this.news = news;
        this.slowPath = slowPath;
    }

    /**
     * Buys, once per key.
     *
     * @param quantity at least 1
     * @param idempotencyKey a valid key, or null
     * @return completes after the commit, on the engine's thread; exceptionally only for bugs
     */
    public CompletableFuture<PurchaseOutcome> purchase(
            HolderId buyer, UUID drop, int quantity, @Nullable String idempotencyKey) {
        var terms = drops.remembered(drop);
        if (terms != null) {
            return hold(buyer, terms, quantity, idempotencyKey);
        }
        return drops.load(drop, slowPath)
                .thenCompose(found -> found.isPresent()
                        ? hold(buyer, found.get(), quantity, idempotencyKey)
                        : CompletableFuture.completedFuture(new PurchaseOutcome.NoDrop()))
                .exceptionally(away -> {
                    log.warn("drop {} could not be looked up: {}", drop, away.toString());
                    return new PurchaseOutcome.Busy(TRY_AGAIN);
                });
    }

    private CompletableFuture<PurchaseOutcome> hold(
            HolderId buyer, DropTerms terms, int quantity, @Nullable String key) {
        if (terms.cancelled() && key == null) {
            return CompletableFuture.completedFuture(new PurchaseOutcome.Cancelled(terms));
        }
        return engine.ledger(terms.strategy())
                .hold(new HoldRequest(new StockId(terms.id()), buyer, quantity, key))
                .thenApply(result -> {
                    if (result instanceof HoldResult.Held) {
                        news.held(terms.id());
                    }
                    return terms.cancelled() ? ofCancelled(terms, result) : new PurchaseOutcome.Decided(terms, result);
                });
    }

    /** The stock closed with the drop, so nothing is taken any more; but what a key took before, it took. */
    private static PurchaseOutcome ofCancelled(DropTerms terms, HoldResult result) {
        return switch (result) {
            case HoldResult.Replayed _, HoldResult.KeyReused _, HoldResult.Held _, HoldResult.Busy _ ->
                new PurchaseOutcome.Decided(terms, result);
            case HoldResult.NotOpen _,
                    HoldResult.Closed _,
                    HoldResult.SoldOut _,
                    HoldResult.LimitReached _,
                    HoldResult.UnknownStock _ -> new PurchaseOutcome.Cancelled(terms);
        };
    }
}
