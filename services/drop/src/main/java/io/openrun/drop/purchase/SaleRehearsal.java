package io.openrun.drop.purchase;

import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldId;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HoldStatus;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockAccessException;
import io.openrun.stock.StockId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Rehearses once the service is ready, beside its work: the first stampede should not meet a cold engine, nor answers
 * that were never written. Nothing is sold, and the database keeps nothing of it.
 */
@Component
class SaleRehearsal {

    private static final Logger log = LoggerFactory.getLogger(SaleRehearsal.class);

    private static final int TIMES = 200;

    private final DropEngine engine;
    private final PurchaseAnswers answers;

    SaleRehearsal(DropEngine engine, PurchaseAnswers answers) {
        this.engine = engine;
        this.answers = answers;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofPlatform().name("drop-rehearsal").daemon().start(() -> {
            try {
                engine.rehearse();
                rehearse();
            } catch (StockAccessException e) {
                log.warn("the sale was not rehearsed: {}", e.getMessage());
            }
        });
    }

    /** Sends requests for a stock that does not exist through the engine, and writes the answers of a sale. */
    void rehearse() {
        var nowhere = new StockId(UUID.randomUUID());
        var terms = terms(nowhere);
        var buyer = new HolderId(UUID.randomUUID());
        for (int time = 0; time < TIMES; time++) {
            var asked = engine.ledger(terms.strategy()).hold(new HoldRequest(nowhere, buyer, 1, null));
            for (var outcome : outcomes(terms, buyer, time + 1)) {
                answers.answer(terms.id(), outcome, Locale.ENGLISH);
            }
            asked.join();
        }
    }

    private static List<PurchaseOutcome> outcomes(DropTerms terms, HolderId buyer, long sequence) {
        var hold = new Hold(
                new HoldId(UUID.randomUUID()),
                new StockId(terms.id()),
                buyer,
                1,
                sequence,
                HoldStatus.HELD,
                terms.opensAt(),
                terms.closesAt());
        return List.of(
                new PurchaseOutcome.Decided(terms, new HoldResult.Held(hold)),
                new PurchaseOutcome.Decided(terms, new HoldResult.SoldOut()),
                new PurchaseOutcome.Decided(terms, new HoldResult.LimitReached(1, 1)));
    }

    private DropTerms terms(StockId stock) {
        return new DropTerms(
                stock.value(),
                UUID.randomUUID(),
                "rehearsal",
                1,
                1,
                1,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1),
                Duration.ofMinutes(1),
                engine.defaultStrategy(),
                false);
    }
}
