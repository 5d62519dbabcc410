package io.openrun.drop.demo;

import io.openrun.drop.engine.DatabaseClock;
import io.openrun.drop.schedule.DropPlan;
import io.openrun.drop.schedule.ScheduleDrop;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Schedules a drop that opens soon after the start, unless the demonstration product has one that is still to open or
 * sells; on embedded engines only.
 */
@Component
@ConditionalOnProperty("openrun.demo")
class DemonstrationDrop {

    /** The first of the catalog's demonstration products. */
    static final UUID PRODUCT = UUID.fromString("01900000-0000-7000-8000-000000000001");

    private static final Logger log = LoggerFactory.getLogger(DemonstrationDrop.class);

    private static final Duration OPENS_AFTER = Duration.ofMinutes(2);
    private static final Duration LASTS = Duration.ofHours(1);
    private static final long QUANTITY = 100;
    private static final long PRICE = 129_000;
    private static final int PAYMENT_WINDOW_SECONDS = 600;
    private static final int MAX_TRIES = 20;
    private static final long PAUSE_MILLIS = 3_000;

    private final ScheduleDrop scheduleDrop;
    private final JdbcClient jdbc;
    private final DatabaseClock clock;

    DemonstrationDrop(ScheduleDrop scheduleDrop, JdbcClient jdbc, DatabaseClock clock) {
        this.scheduleDrop = scheduleDrop;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The catalog may be this process or another one that is still starting, so this waits for it elsewhere. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        Thread.ofVirtual().name("demonstration-drop").start(this::schedule);
    }

    private void schedule() {
        try {
            for (int tries = 0; tries < MAX_TRIES && !isSomethingComing(); tries++) {
                if (isScheduled()) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("there will be no demonstration drop: {}", e.toString());
        }
    }

    private boolean isSomethingComing() {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM drops.drop JOIN drops.stock ON stock.id = drop.id
                            WHERE product_id = ? AND phase = 'SCHEDULED' AND drop.closes_at > clock_timestamp()
                            AND (drop.opens_at > clock_timestamp() OR remaining > 0))
                        """).param(PRODUCT).query(Boolean.class).single();
    }

    private boolean isScheduled() {
        var opensAt = clock.now().plus(OPENS_AFTER).truncatedTo(ChronoUnit.SECONDS);
        var plan = new DropPlan(
                PRODUCT, "Opening run", QUANTITY, PRICE, 1, opensAt, opensAt.plus(LASTS), PAYMENT_WINDOW_SECONDS, null);
        return switch (scheduleDrop.schedule(plan)) {
            case ScheduleDrop.Result.Scheduled(UUID id) -> {
                log.info("a demonstration drop opens at {}: {}", opensAt, id);
                yield true;
            }
            case ScheduleDrop.Result.InsufficientStock sold -> true;
            case ScheduleDrop.Result.UnknownStrategy wrong -> true;
            case ScheduleDrop.Result.NoProduct notYet -> false;
            case ScheduleDrop.Result.CatalogAway notYet -> false;
            case ScheduleDrop.Result.Replayed replayed -> throw withoutKey(replayed);
            case ScheduleDrop.Result.KeyReused reused -> throw withoutKey(reused);
            case ScheduleDrop.Result.InFlight inFlight -> throw withoutKey(inFlight);
        };
    }

    private static IllegalStateException withoutKey(ScheduleDrop.Result result) {
        return new IllegalStateException("there was no key, and yet " + result);
    }
}
