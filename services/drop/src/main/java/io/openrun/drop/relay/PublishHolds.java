package io.openrun.drop.relay;

import io.openrun.contracts.DropEvent;
import io.openrun.contracts.DropEvent.StockExpired;
import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.DropEvent.StockReleased;
import io.openrun.contracts.Topics;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.relay.RelayPositions.News;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.drop.schedule.KnownDrops;
import io.openrun.platform.events.EventCodec;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldLog.SettledHold;
import io.openrun.stock.HoldStatus;
import io.openrun.stock.StockId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends the next part of a stock's log to Kafka, and then remembers how far that was.
 *
 * <p>Settlements are read before holds and sent after them, and only when the holds were read to their end: so the
 * hold of every settlement that is sent has been sent before.
 */
@Component
class PublishHolds {

    private static final long SEND_TIMEOUT_MILLIS = 30_000;

    private final DropEngine engine;
    private final KnownDrops drops;
    private final Producer<String, byte[]> producer;
    private final EventCodec codec;

    /** Whether the last that was sent arrived; of the relay's thread. */
    private boolean brokerAnswers;

    PublishHolds(DropEngine engine, KnownDrops drops, Producer<String, byte[]> producer, EventCodec codec) {
        this.engine = engine;
        this.drops = drops;
        this.producer = producer;
        this.codec = codec;
    }

    /**
     * Publishes up to that many holds and as many settlements.
     *
     * @return when the newest hold among them was taken, or null when there was none
     */
    @Nullable
    Instant publish(News news, int limit, RelayPositions positions)
            throws SQLException, ExecutionException, TimeoutException {
        var stock = new StockId(news.stock());
        var terms = drops.read(news.stock())
                .orElseThrow(() -> new IllegalStateException("stock " + stock + " has no drop"));
        var settled = engine.log().settlementsAfter(stock, news.settlement(), limit);
        var holds = engine.log().after(stock, news.sequence(), limit);
        send(holds.stream().map(hold -> held(terms, hold)).toList());
        long sequence = holds.isEmpty() ? news.sequence() : holds.getLast().sequence();
        long settlement = news.settlement();
        if (holds.size() < limit && !settled.isEmpty()) {
            send(ended(terms, settled));
            settlement = settled.getLast().number();
        }
        positions.advance(news.stock(), sequence, settlement);
        return holds.isEmpty() ? null : holds.getLast().heldAt();
    }

    private List<DropEvent> ended(DropTerms terms, List<SettledHold> settled) {
        // Holds of a cancelled drop are released by the shop; those of any other by their orders, which know.
        boolean released = settled.stream().anyMatch(one -> one.status() == HoldStatus.RELEASED);
        boolean cancelled =
                released && drops.fresh(terms.id()).map(DropTerms::cancelled).orElse(false);
        List<DropEvent> events = new ArrayList<>();
        for (var one : settled) {
            if (one.status() == HoldStatus.EXPIRED) {
                events.add(new StockExpired(terms.id(), one.hold().value(), one.settledAt()));
            } else if (cancelled && one.status() == HoldStatus.RELEASED) {
                events.add(new StockReleased(terms.id(), one.hold().value(), one.settledAt()));
            }
        }
        return events;
    }

    private static DropEvent held(DropTerms terms, Hold hold) {
        return new StockHeld(
                terms.id(),
                hold.id().value(),
                terms.productId(),
                terms.title(),
                hold.holder().value(),
                hold.quantity(),
                terms.price(),
                terms.amount(hold.quantity()),
                hold.sequence(),
                hold.heldAt(),
                hold.expiresAt());
    }

    /**
     * Sends these in their order. At first and after a failure the broker has to take one event before it gets more:
     * those after an event that fails would overtake it.
     */
    private void send(List<DropEvent> events) throws ExecutionException, TimeoutException {
        List<Future<RecordMetadata>> sends = new ArrayList<>(events.size());
        try {
            for (var event : events) {
                var send = producer.send(codec.toRecord(Topics.DROPS, event));
                // One that has ended already may have failed, after a wait that each of those after it would repeat.
                if (!brokerAnswers || send.isDone()) {
                    await(send);
                    brokerAnswers = true;
                }
                sends.add(send);
            }
            for (var send : sends) {
                await(send);
            }
        } catch (ExecutionException | TimeoutException e) {
            brokerAnswers = false;
            throw e;
        }
    }

    private static void await(Future<RecordMetadata> send) throws ExecutionException, TimeoutException {
        try {
            send.get(SEND_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while sending");
        }
    }
}
