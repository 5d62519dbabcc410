package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.Workload;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.Receipt.Taken;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldId;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HoldStatus;
import io.openrun.stock.Settlement;
import io.openrun.stock.StockId;
import io.openrun.stock.StockLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sells through a stock ledger. An order of several stocks is held one after another; when one is refused, what was
 * got before goes back.
 */
final class LedgerTill implements Till {

    /** How often a return that found the ledger busy is tried again before it counts as failed. */
    private static final int RETURNS_MAX = 100;

    private static final int SWEEP_MAX = 1_000;

    private final StockLedger ledger;
    private final boolean severalAtOnce;
    private final List<StockId> stocks;

    LedgerTill(StockLedger ledger, Workload workload, List<UUID> stocks) {
        this.ledger = ledger;
        this.severalAtOnce = workload == Workload.MULTI_ITEM;
        this.stocks = stocks.stream().map(StockId::new).toList();
    }

    @Override
    public void sell(Purchase purchase, Consumer<Receipt> buyer) {
        if (severalAtOnce) {
            holdNext(purchase, new ArrayList<>(), buyer);
        } else {
            hold(purchase, 0, result -> served(purchase, result, buyer));
        }
    }

    @Override
    public int sweep() {
        return ledger.expireDue(SWEEP_MAX);
    }

    /** The ledger belongs to whoever opened it. */
    @Override
    public void close() {}

    private void hold(Purchase purchase, int item, Consumer<@Nullable HoldResult> then) {
        StockId stock = stocks.get(purchase.stocks()[item]);
        var _ = ledger.hold(new HoldRequest(stock, purchase.buyer(), purchase.quantity(), purchase.key()))
                .whenComplete((result, failure) -> then.accept(failure == null ? result : null));
    }

    private void served(Purchase purchase, @Nullable HoldResult result, Consumer<Receipt> buyer) {
        int stock = purchase.stocks()[0];
        switch (result) {
            case null -> buyer.accept(Receipt.of(Outcome.FAILED));
            case HoldResult.Held held -> {
                switch (purchase.intent()) {
                    case HOLD -> buyer.accept(new Receipt(Outcome.SOLD, List.of(taken(stock, held.hold()))));
                    case PAY -> confirm(stock, held.hold(), buyer);
                    case LEAVE -> buyer.accept(new Receipt(Outcome.LEFT, List.of(taken(stock, held.hold()))));
                }
            }
            case HoldResult.Replayed replayed ->
                buyer.accept(new Receipt(Outcome.REPLAYED, List.of(taken(stock, replayed.original()))));
            default -> buyer.accept(Receipt.of(refusal(result)));
        }
    }

    private void confirm(int stock, Hold hold, Consumer<Receipt> buyer) {
        var _ = ledger.confirm(hold.stock(), hold.id()).whenComplete((settlement, failure) -> {
            Outcome outcome =
                    switch (settlement) {
                        case null -> Outcome.FAILED;
                        case Settlement.Settled settled when settled.status() == HoldStatus.CONFIRMED -> Outcome.SOLD;
                        case Settlement.Settled ignored -> Outcome.REFUSED;
                        case Settlement.UnknownHold ignored -> Outcome.FAILED;
                        case Settlement.Busy ignored -> Outcome.LEFT;
                    };
            buyer.accept(new Receipt(outcome, List.of(taken(stock, hold))));
        });
    }

    private void holdNext(Purchase purchase, List<Taken> taken, Consumer<Receipt> buyer) {
        int item = taken.size();
        if (item == purchase.stocks().length) {
            buyer.accept(new Receipt(Outcome.SOLD, taken));
            return;
        }
        hold(purchase, item, result -> {
            switch (result) {
                case HoldResult.Held held -> {
                    taken.add(taken(purchase.stocks()[item], held.hold()));
                    holdNext(purchase, taken, buyer);
                }
                case null -> giveBack(taken, Outcome.FAILED, 0, buyer);
                default -> giveBack(taken, refusal(result), 0, buyer);
            }
        });
    }

    private void giveBack(List<Taken> taken, Outcome outcome, int attempts, Consumer<Receipt> buyer) {
        if (taken.isEmpty()) {
            buyer.accept(Receipt.of(outcome));
            return;
        }
        Taken last = taken.getLast();
        var _ = ledger.release(stocks.get(last.stock()), new HoldId(last.hold()))
                .whenComplete((settlement, failure) -> {
                    if (settlement instanceof Settlement.Settled) {
                        taken.removeLast();
                        giveBack(taken, outcome, 0, buyer);
                    } else if (attempts < RETURNS_MAX) {
                        giveBack(taken, outcome, attempts + 1, buyer);
                    } else {
                        buyer.accept(Receipt.of(Outcome.FAILED));
                    }
                });
    }

    private static Outcome refusal(HoldResult result) {
        return switch (result) {
            case HoldResult.SoldOut ignored -> Outcome.SOLD_OUT;
            case HoldResult.Busy ignored -> Outcome.BUSY;
            case HoldResult.LimitReached ignored -> Outcome.REFUSED;
            default -> Outcome.FAILED;
        };
    }

    private static Taken taken(int stock, Hold hold) {
        return new Taken(stock, hold.id().value(), hold.sequence());
    }
}
